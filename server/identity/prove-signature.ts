import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import { amendPerson } from './amend-person';
import { findPersonOrThrow } from './find-people';
import { assertNotPaused, missed, usedDigits } from './second-factor';
import { User } from './user.model';

declare const proven: unique symbol;

/**
 * That the person who acts has just typed the six digits of their own authenticator. Only this file makes one, so that nothing can be
 * signed without it. Its guards and writes go into the commit of what is signed: the code is used up there and then, or not at all.
 */
export interface SignatureProof {
  readonly [proven]: true;
  guards: readonly DocumentGuard[];
  writes: readonly DocumentWrite[];
}

/**
 * Looks at the six digits with which the person who acts signs. Recovery codes sign nothing: they are for getting in without the phone.
 * A wrong code is counted like one at the sign-in; ten in a row pause the second factor for 15 minutes.
 * @throws AppError `input.invalid` at `code`, `access.too-many-requests` during a pause.
 */
export async function proveSignature(ctx: Context, code: string): Promise<SignatureProof> {
  const now = ctx.clock.now();
  const person = await findPersonOrThrow(ctx, ctx.actor.id);
  const factor = person.secondFactor ?? failField('code', 'no-second-factor');
  assertNotPaused(factor, now);
  const secondFactor = await usedDigits(person, factor, code, now);
  if (!secondFactor) {
    await countMiss(ctx);
    return failField('code', 'wrong-code');
  }
  return proof(
    [unchanged(User, person)],
    [change(User, person, { secondFactor }), recorded(ctx, 'person.codeAccepted', { type: 'user', id: person._id }, { for: 'signature' })],
  );
}

/**
 * The proof, or undefined when the same person's first click signed between the look at the document and the look at the code: it used the
 * code up, and the second click is to be told that it is signed, not that its code is wrong. `isSigned` reads the document anew.
 */
export async function provenUnlessSigned(
  prove: () => Promise<SignatureProof>,
  isSigned: () => Promise<boolean>,
): Promise<SignatureProof | undefined> {
  try {
    return await prove();
  } catch (error) {
    if (await isSigned()) return undefined;
    throw error;
  }
}

/** Uses a proof up at once: for a list that one code signs, whose documents then stand each for itself. */
export async function useUp(ctx: Context, { guards, writes }: SignatureProof): Promise<SignatureProof> {
  await transact(ctx, { key: `signature:${randomId(ctx.random, 'cod')}`, guards, writes });
  return proof([], []);
}

/**
 * Counts a wrong code however many come at once: each was looked at beside the others, so each is counted, until the pause begins and the
 * rest get no answer at all. @throws AppError `access.too-many-requests`.
 */
async function countMiss(ctx: Context): Promise<void> {
  const key = `signature-refused:${randomId(ctx.random, 'cod')}`;
  const count = ({ secondFactor }: User) => {
    if (!secondFactor) return undefined;
    const now = ctx.clock.now();
    assertNotPaused(secondFactor, now);
    return { key, what: 'person.codeRefused', fields: { secondFactor: missed(secondFactor, now) }, facts: { for: 'signature' as const } };
  };
  await amendPerson(ctx, ctx.actor.id, count, Number.POSITIVE_INFINITY); // ends with the pause: nothing else changes a person so often
}

function proof(guards: SignatureProof['guards'], writes: SignatureProof['writes']): SignatureProof {
  return { guards, writes } as SignatureProof;
}
