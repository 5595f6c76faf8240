import { createHash } from 'node:crypto';
import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { failField } from '../../kernel/errors';
import { sumFen } from '../../kernel/money';
import { post } from '../../ledger';
import { encryptField } from '../../platform/crypto/encrypt-field';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, insertion } from '../../platform/mongo/document-writes';
import { findGiftByNumber } from '../find-gifts';
import type { Gift } from '../gift.model';
import { countEnded, findRoster, findRosterOrThrow } from './find-rosters';
import { partsOf, type ReadRow } from './read-roster';
import { filePlace, previewPlace, Roster, RosterFile } from './roster.model';
import { rosterStates } from './roster.states';
import { rosterOf } from './roster-file';
import { rosterNoted, rosterNumbers } from './rosters.accounts';

const shownFaults = 200;
const shownRows = 20;

/**
 * Reads the list of members whose parts an organisation's transfer is, checks each row, and keeps it for the eye. No money moves. The same
 * file for the same gift is one roster. @throws `input.invalid` at `gift`, `file`.
 */
export async function bringRoster(
  ctx: Context,
  { bytes, fileName, gift: number }: { bytes: Buffer; fileName: string; gift: string },
): Promise<Roster> {
  const gift = (await findGiftByNumber(ctx, number.toUpperCase())) ?? failField('gift', 'no-such-gift');
  if (!mayHaveRoster(gift)) failField('gift', 'roster.not-a-collection');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const id = idOfFact(ctx, 'ros', `roster/${gift._id}/${sha256}/${await countEnded(ctx, gift._id)}`);
  const known = await findRoster(ctx, id);
  if (known) return known;
  if (gift.roster) failField('gift', 'roster.has-one');
  const read = (await rosterOf(bytes, gift.restriction.purpose)) ?? failField('file', 'roster.no-head');
  const { rows, faults, doubles } = read;
  if (rows.length + faults.length === 0) failField('file', 'roster.no-row');
  const sum = sumFen(rows.map(({ amountFen }) => amountFen));
  await post(ctx, {
    key: `roster:${id}:brought`,
    kind: rosterNoted,
    source: { type: 'roster', id },
    numbers: [rosterNumbers],
    guards: [absent(Roster, id)],
    writes: (posted) => [
      insertion(ctx, RosterFile, { _id: id, sealed: encryptField(bytes.toString('base64'), filePlace(id)) }),
      insertion(ctx, Roster, {
        _id: id,
        number: posted.numbers[rosterNumbers.name] ?? '',
        gift: gift._id,
        fileName: plainName(fileName),
        sha256,
        lines: rows.length,
        sumFen: sum,
        named: rows.filter(({ isNamed }) => isNamed).length,
        doubles,
        parts: partsOf(rows),
        first: rows.slice(0, shownRows).map((row) => previewOf(id, row)),
        faults: faults.slice(0, shownFaults),
        faultCount: faults.length,
        uploadedBy: ctx.actor.id,
        uploadedAt: ctx.clock.now(),
        state: rosterStates.begin(faults.length > 0 || sum !== gift.amountFen ? 'faulty' : 'previewed', ctx),
        taken: 0,
      }),
      recorded(ctx, 'roster.brought', { type: 'roster', id }, { sha256, totalFen: sum }),
    ],
  });
  return findRosterOrThrow(ctx, id);
}

/** A transfer of an organisation that is here whole: nothing was given back, nobody disputes it. */
export function mayHaveRoster({ donor, received, state, returnedFen = 0 }: Gift): boolean {
  const isHere = state.name === 'received' || state.name === 'receipted';
  return donor !== undefined && received?.into === 'bankTransfer' && isHere && returnedFen === 0;
}

function previewOf(id: string, { row, name, purpose, amountFen, isNamed }: ReadRow): Roster['first'][number] {
  return { row, nameSealed: encryptField(name, previewPlace(id, row)), purpose, amountFen, isNamed };
}

function plainName(name: string): string {
  return [...name.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')].slice(-80).join('') || '—';
}
