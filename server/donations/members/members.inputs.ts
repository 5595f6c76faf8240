import { zMobile } from '../../identity';
import { zId, zNfcText, zRequestKey } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { memberRoles } from '../own-donor';

const zMemberRole = z.enum(memberRoles, 'not-a-choice');

export const inviteMemberInput = z.object({ requestKey: zRequestKey, name: zNfcText(40), mobile: zMobile, role: zMemberRole });
export type InviteMemberInput = z.output<typeof inviteMemberInput>;

export const memberRef = z.object({ id: zId('usr') });
export const changeMemberInput = memberRef.extend({ role: zMemberRole });
export const memberLinkInput = memberRef.extend({ requestKey: zRequestKey });
export type MemberLinkInput = z.output<typeof memberLinkInput>;
