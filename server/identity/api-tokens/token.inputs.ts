import { zId, zLocalDate, zNfcText, zRequestKey, zTick } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { tokenScopes } from '../permissions';

const scopes = new Set<string>(tokenScopes);

/** Tick boxes: none, one or several. */
const zPermissions = z.preprocess(
  (sent) => (sent === undefined ? [] : Array.isArray(sent) ? sent : [sent]),
  z
    .array(z.string())
    .min(1, 'required')
    .refine((names) => names.every((name) => scopes.has(name)), 'not-a-choice')
    .transform((names) => tokenScopes.filter((scope) => names.includes(scope))),
);

const newTokenInput = z.object({
  requestKey: zRequestKey,
  name: zNfcText(40),
  permissions: zPermissions,
  isReadOnly: zTick,
  until: zLocalDate,
});
export type NewTokenInput = z.output<typeof newTokenInput>;

/** Whoever has a second factor types its digits. */
export const makeTokenInput = newTokenInput.extend({ code: zNfcText(20, { min: 0 }) });
export type MakeTokenInput = z.output<typeof makeTokenInput>;

export const tokenRef = z.object({ id: zId('tok') });
