import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { encryptField } from '../platform/crypto/encrypt-field';
import { acceptedStep } from '../platform/totp/totp';
import { amendPerson } from './amend-person';
import { newRecoveryCodes, recoveryHash, totpPlace } from './second-factor';

/**
 * Binds an authenticator app to a person who has none, proven by its first code, and gives ten recovery codes to be shown once.
 * @throws AppError `input.invalid` at `code`, `state.not-allowed` for somebody who has one: a lost one is reset by two people first.
 */
export async function enrolSecondFactor(ctx: Context, input: { id: string; secret: string; code: string }): Promise<string[]> {
  const now = ctx.clock.now();
  const step = (await acceptedStep(input.secret, input.code, now, 0)) ?? failField('code', 'wrong-code');
  const codes = newRecoveryCodes();
  const key = randomId(ctx.random, 'enr'); // of its own: of two at once only one binds, and only its codes count
  await amendPerson(ctx, input.id, (user) => {
    if (user.secondFactor) fail('state.not-allowed', { from: 'enrolled', to: 'enrolled' });
    return {
      key: `second-factor:${key}:enrolled`,
      what: 'person.secondFactorEnrolled',
      fields: {
        secondFactor: {
          secretSealed: encryptField(input.secret, totpPlace(user._id)),
          lastStep: step,
          enrolledAt: now,
          recovery: codes.map((code) => recoveryHash(user._id, code)),
          misses: 0,
        },
      },
    };
  });
  return codes;
}

/** Ten new recovery codes; the old ones are worth nothing from now on. @throws AppError `state.not-allowed` without a second factor. */
export async function renewRecoveryCodes(ctx: Context, id: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  const key = randomId(ctx.random, 'ren');
  await amendPerson(ctx, id, (user) => ({
    key: `second-factor:${key}:renewed`,
    what: 'person.recoveryCodesRenewed',
    fields: {
      secondFactor: {
        ...(user.secondFactor ?? fail('state.not-allowed', { from: 'none', to: 'renewed' })),
        recovery: codes.map((code) => recoveryHash(id, code)),
      },
    },
  }));
  return codes;
}
