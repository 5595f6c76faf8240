import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { insertion } from '../platform/mongo/document-writes';
import { PointRule } from './point-rule.model';
import { ruleAdded } from './points.accounts';
import type { AddPointRuleInput } from './points.inputs';

/** Adds a line to the county's rule book. Returns its id; the same request key gives the same rule. */
export async function addPointRule(ctx: Context, { requestKey, ...rule }: AddPointRuleInput): Promise<string> {
  const id = idOfRequest(ctx, 'rul', requestKey);
  await post(ctx, {
    key: `pointRule:${id}:added`,
    kind: ruleAdded,
    source: { type: 'pointRule', id },
    facts: rule,
    writes: () => [insertion(ctx, PointRule, { _id: id, ...rule }), recorded(ctx, 'pointRule.added', { type: 'pointRule', id })],
  });
  return id;
}
