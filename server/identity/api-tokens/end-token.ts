import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { AppError, fail } from '../../kernel/errors';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { transact } from '../../platform/mongo/transact';
import { ApiToken } from './api-token.model';

const mostTries = 5;

/** Ends a token of one's own at once; one that is ended stays so. @throws AppError `not-found` for another person's. */
export async function endToken(ctx: Context, { id }: { id: string }): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const token = (await ApiToken.findOne({ _id: id, ledger: ctx.ledger, user: ctx.actor.id }).lean<ApiToken>()) ?? fail('not-found');
    if (token.ended) return;
    try {
      await transact(ctx, {
        key: `token:${id}:ended`,
        guards: [unchanged(ApiToken, token)],
        writes: [
          change(ApiToken, token, { ended: { by: ctx.actor.id, at: ctx.clock.now() } }),
          recorded(ctx, 'person.tokenEnded', { type: 'user', id: token.user }, { token: id }),
        ],
      });
      return;
    } catch (error) {
      // The program asks at this very moment, and its use is being noted.
      if (tries >= mostTries || !(error instanceof AppError) || error.code !== 'state.stale') throw error;
    }
  }
}
