/** People, what each may do and where, and how they sign in. */
export { allow } from './allow';
export { deactivatePerson } from './deactivate-person';
export { demoSigningCode, registerDemoSeat } from './demo-seats';
export { endGrant } from './end-grant';
export { findActor, findPerson, findPersonByAccount, findPersonOrThrow, fullMobile, maskedNames } from './find-people';
export { grantRole } from './grant-role';
export { zMobile, zSigningCode } from './identity.inputs';
export { identityRoom } from './identity-room';
export { invitePerson } from './invite-person';
export { addToNavigation } from './navigation';
export { digitsOfPlace } from './new-grant';
export { may, type Permission } from './permissions';
export { proveSignature, type SignatureProof, useUp } from './prove-signature';
export { grantsFor, mayReach, reachOf, scopesOf, within } from './reach';
export { preparePerson, registerPerson } from './register-person';
export { nameScopes } from './scope-names';
export type { User } from './user.model';
export { whoMaySign } from './who-may-sign';
