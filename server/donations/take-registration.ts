import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import type { RegisterDonorInput } from './give.inputs';
import { registerDonor } from './register-donor';

const taken = new Set(['donor-registered', 'account-taken']);

/**
 * Takes down what a stranger registers, and answers the same whether the organisation or the mobile number has been registered before or
 * not, so that nobody can ask here who has an account. The page that follows says what to do when signing in does not work.
 * @throws what {@link registerDonor} throws about the form itself.
 */
export async function takeRegistration(ctx: Context, input: RegisterDonorInput): Promise<RegisterDonorInput> {
  try {
    await registerDonor(ctx, input);
  } catch (error) {
    const isTaken = error instanceof AppError && error.issues.some(({ code }) => taken.has(code));
    if (!isTaken) throw error;
  }
  return input;
}
