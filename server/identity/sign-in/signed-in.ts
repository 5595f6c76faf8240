import type { SignedIn } from '../../platform/passport/local-sign-in';
import type { User } from '../user.model';

/** What the session keeps of a person: the epoch ends it when it is raised. */
export function signedInAs(user: Pick<User, '_id' | 'epoch'>, { secondFactor }: { secondFactor: boolean }): SignedIn {
  return { id: user._id, epoch: user.epoch, secondFactor };
}
