import { proveSignature } from '../identity';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import type { ApprovalInput } from './aid.inputs';
import type { AidCase } from './aid-case.model';
import { refuseCase } from './refuse-case';
import { sendBackCase } from './send-back-case';
import { signApproval } from './sign-approval';

/**
 * Signs one approval of a case with a fresh code of the approver's own. The same box sends back or refuses, which signs nothing.
 * @throws `rule.same-person`, `aid.notice-runs`, `aid.minutes-missing`, `aid.not-eligible`, `input.invalid` at `code`.
 */
export async function approveCase(ctx: Context, input: ApprovalInput): Promise<AidCase> {
  const { id, opinion } = input;
  if (input.do === 'return') return sendBackCase(ctx, { id, reason: opinion });
  if (input.do === 'refuse') return refuseCase(ctx, { id, reason: opinion });
  return signApproval(ctx, input, async () => proveSignature(ctx, input.code ?? failField('code', 'required')));
}
