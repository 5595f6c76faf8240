import { findActor, registerPerson } from '../../server/identity';
import { systemClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import type { Role } from '../../server/kernel/roles';
import { newTotpSecret, totpCode, totpStep } from '../../server/platform/totp/totp';

export interface Officer {
  ctx: Context;
  nextCode(): Promise<string>;
}

/** Somebody who may confirm; each code works once, so the next one is waited for. */
export async function officer(ctx: Context, mobile: string, role: Role = 'financeOfficer'): Promise<Officer> {
  const secret = newTotpSecret();
  const person = await registerPerson(ctx, {
    name: '陈建华',
    mobile,
    password: 'seven warm hearts',
    grants: [{ role, scope: '130499' }],
    requestKey: `bench-${mobile}`,
    secondFactorSecret: secret,
  });
  let last = 0;
  return {
    ctx: { ...ctx, actor: (await findActor(ctx, person._id)) ?? ctx.actor },
    async nextCode() {
      while (totpStep(systemClock.now()) <= last) await new Promise((resolve) => setTimeout(resolve, 500));
      last = totpStep(systemClock.now());
      return totpCode(secret, last);
    },
  };
}
