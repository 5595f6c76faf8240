import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { bareCode } from '../kernel/half-width';
import { shanghaiDay } from '../kernel/local-date';
import { parseResidentId } from '../kernel/resident-id';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { lookupHash } from '../platform/crypto/lookup-hash';
import { anyOf, operator } from '../platform/mongo/operators';
import { amendPerson } from './amend-person';
import type { RecordIdNumberInput } from './identity.inputs';
import { User } from './user.model';
import type { UserState } from './user.states';

/**
 * Records who somebody is by the ID number, so that no officer acts for the own family. Only its keyed hash is kept: the same as that of a
 * household's member. Nobody records their own, and none stands on two accounts: one person would sign twice.
 * @throws `rule.same-person`, `input.invalid` at `idNumber`.
 */
export async function recordIdNumber(ctx: Context, { id, idNumber, requestKey }: RecordIdNumberInput): Promise<User> {
  const read = parseResidentId(idNumber, shanghaiDay(ctx.clock.now()));
  const count = bareCode(idNumber).length;
  if (!read.ok) return count === 18 ? failField('idNumber', 'id-number') : failField('idNumber', 'id-digits', { count });
  const hash = idNumberHash(read.value.id);
  const key = idOfRequest(ctx, 'idn', `${requestKey}/${hash}`); // corrected under the same key, it is recorded anew
  return amendPerson(ctx, id, async (user) => {
    if (user._id === ctx.actor.id) fail('rule.same-person', { step: 'idNumber' });
    if (user.state.name === 'deactivated') fail('state.not-allowed', { from: user.state.name, to: 'identified' });
    if (user.idNumberHash === hash) return undefined;
    if (await isTaken(ctx, id, hash)) failField('idNumber', 'id-number-taken');
    const facts = { replaced: user.idNumberHash === undefined ? 0 : 1 } as const;
    return { key: `person:${id}:idNumber:${key}`, what: 'person.idNumberRecorded', fields: { idNumberHash: hash }, facts };
  });
}

/** Whether another account has the number; of two at once the index lets one pass. Who is put out may come back by another account. */
async function isTaken({ ledger }: Context, id: string, hash: string): Promise<boolean> {
  const other = await User.exists({
    ledger,
    idNumberHash: hash,
    'state.name': anyOf<UserState>(['invited', 'active']),
    _id: operator({ $ne: id }),
  });
  return other !== null;
}

/** The keyed hash by which an ID number is compared with those of people and of members of households. */
export function idNumberHash(idNumber: string): string {
  return lookupHash('idNumber', idNumber);
}
