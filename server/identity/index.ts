/** People, what each may do and where, and how they sign in. */
export { allow, allowSignedIn } from './allow';
export { may, type Permission } from './permissions';
export { mayReach, reachOf, scopesOf, within } from './reach';
