import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { PointRule } from './point-rule.model';

const mostRules = 200;

/** The county's rule book, in its order. */
export async function findPointRules(ctx: Pick<Context, 'ledger'>): Promise<PointRule[]> {
  return PointRule.find({ ledger: ctx.ledger }).sort({ rank: 1, _id: 1 }).limit(mostRules).lean<PointRule[]>();
}

/** The rule that a form names. @throws `input.invalid` at the field `rule` when the book has none of this id. */
export async function chosenRule(ctx: Pick<Context, 'ledger'>, id: string): Promise<PointRule> {
  const found = await PointRule.findOne({ _id: id, ledger: ctx.ledger }).lean<PointRule>();
  return found ?? failField('rule', 'not-a-choice');
}
