import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { amendPerson } from './amend-person';
import { findPersonOrThrow } from './find-people';
import { provenUnlessSigned, proveSignature } from './prove-signature';
import type { User } from './user.model';

/** The first of two people who take away a lost second factor: says why. @throws AppError `rule.same-person`, `state.not-allowed` */
export async function askFactorReset(ctx: Context, input: { id: string; reason: string }): Promise<User> {
  if (input.id === ctx.actor.id) fail('rule.same-person', { step: 'askFactorReset' });
  const key = randomId(ctx.random, 'rst');
  return amendPerson(ctx, input.id, (user) => {
    if (!user.secondFactor || user.state.name !== 'active') fail('state.not-allowed', { from: user.state.name, to: 'factorReset' });
    if (user.factorReset) return undefined;
    return {
      key: `factor-reset:${key}:asked`,
      what: 'person.factorResetAsked',
      fields: { factorReset: { askedBy: ctx.actor.id, askedAt: ctx.clock.now() } },
      facts: { reason: input.reason },
    };
  });
}

/**
 * The second, who signs with a fresh code: from now on the person signs in by password and sets up a new authenticator before anything
 * else. All sessions are over.
 * @throws AppError `rule.same-person` when it is the one who asked or the person itself, `state.not-allowed` when nobody asked,
 * `input.invalid` at `code`.
 */
export async function confirmFactorReset(ctx: Context, input: { id: string; code: string }): Promise<User> {
  return amendPerson(ctx, input.id, async (user) => {
    if (isAway(user)) return undefined; // a second click
    const asked = user.factorReset ?? fail('state.not-allowed', { from: 'notAsked', to: 'factorReset' });
    if (asked.askedBy === ctx.actor.id || user._id === ctx.actor.id) fail('rule.same-person', { step: 'confirmFactorReset' });
    const prove = () => proveSignature(ctx, input.code);
    const proof = await provenUnlessSigned(prove, async () => isAway(await findPersonOrThrow(ctx, user._id)));
    if (!proof) return undefined;
    return {
      key: `factor-reset:${user._id}:${asked.askedAt.getTime()}:confirmed`,
      what: 'person.factorResetConfirmed',
      fields: { secondFactor: undefined, factorReset: undefined, epoch: user.epoch + 1 },
      along: proof,
    };
  });
}

function isAway({ factorReset, secondFactor }: User): boolean {
  return !factorReset && !secondFactor;
}
