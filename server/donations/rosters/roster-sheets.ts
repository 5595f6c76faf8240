import { publicPurposes } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import type { Fen } from '../../kernel/money';
import type { Translate } from '../../platform/i18n/translator';
import { annotateTable } from '../../platform/spreadsheets/annotate-table';
import { writeWorkbook } from '../../platform/spreadsheets/write-workbook';
import { formatSum } from '../../platform/views/format';
import { findGiftById } from '../find-gifts';
import { findRosterOrThrow } from './find-rosters';
import type { Roster } from './roster.model';
import { bytesOfRoster, rosterOf } from './roster-file';

/** The empty table that an organisation fills in: one row for each member. */
export async function rosterTemplate(t: Translate): Promise<Buffer> {
  return writeWorkbook([
    {
      name: t('donations:roster.title'),
      above: [t('donations:roster.templateTitle'), t('donations:roster.templateHint')],
      columns: [
        { head: t('donations:roster.name'), kind: 'text', width: 20 },
        { head: t('donations:roster.sum'), kind: 'yuan', width: 14 },
        { head: t('donations:list.purpose'), kind: 'text', width: 26, choices: publicPurposes.map((one) => t(`donations:purpose.${one}`)) },
        { head: t('donations:roster.named'), kind: 'text', width: 12, choices: [t('donations:roster.yes'), t('donations:roster.no')] },
      ],
      rows: [],
    },
  ]);
}

/**
 * The file that was brought, with a column that says in the reader's language what is wrong in each row. Only for who brought it: it
 * names people. @throws `not-found`
 */
export async function annotatedRoster(ctx: Context, t: Translate, id: string): Promise<{ bytes: Buffer; fileName: string }> {
  const roster = await findRosterOrThrow(ctx, id);
  if (roster.uploadedBy !== ctx.actor.id) fail('not-found');
  const gift = await findGiftById(ctx, roster.gift);
  const original = await bytesOfRoster(ctx, id);
  const read = (await rosterOf(original, gift.restriction.purpose)) ?? fail('not-found');
  const byRow = new Map(
    read.faults.map(({ row, faults }) => [row, faults.map((fault) => t(`donations:roster.fault.${fault}`)).join('；')]),
  );
  const head = t('donations:roster.wrong');
  const { bytes, extension } = await annotateTable(original, { headRow: read.headRow, head, byRow });
  return { bytes, fileName: `${roster.number}-${t('donations:roster.checked')}.${extension}` };
}

/** By how much the rows differ from what arrived; undefined when they agree. */
export function differenceText(t: Translate, roster: Roster, arrivedFen: Fen): string | undefined {
  const difference = roster.sumFen - arrivedFen;
  if (difference === 0) return undefined;
  const said = { sum: formatSum(roster.sumFen), arrived: formatSum(arrivedFen), difference: formatSum(Math.abs(difference)) };
  return t(difference > 0 ? 'donations:roster.tooMuch' : 'donations:roster.tooLittle', said);
}
