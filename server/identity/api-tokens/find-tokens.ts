import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { ApiToken } from './api-token.model';

const mostShown = 100;

/** The tokens of a person, the newest first. */
export function findTokensOf(ctx: Pick<Context, 'ledger'>, user: string): Promise<ApiToken[]> {
  return ApiToken.find({ ledger: ctx.ledger, user }).sort({ madeAt: -1, _id: -1 }).limit(mostShown).lean<ApiToken[]>();
}

/** Whether a token has neither been ended nor run out. */
export function isOpen({ ended, until }: Pick<ApiToken, 'ended' | 'until'>, now: Date): boolean {
  return ended === undefined && shanghaiDay(now) <= until;
}
