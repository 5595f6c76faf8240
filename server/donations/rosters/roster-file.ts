import { type Purpose, publicPurposes } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { decryptField } from '../../platform/crypto/encrypt-field';
import { locales } from '../../platform/i18n/locales';
import { sharedTranslator } from '../../platform/i18n/translator';
import { readTable } from '../../platform/spreadsheets/read-table';
import { purposeKey, readRoster } from './read-roster';
import { filePlace, RosterFile } from './roster.model';

const limits = { rows: 20_100, columns: 40 };

/** The words by which a file may call a purpose: those of both languages, and the code. */
async function purposeWords(): Promise<ReadonlyMap<string, Purpose>> {
  const spoken = await sharedTranslator();
  return new Map(
    publicPurposes.flatMap((purpose): [string, Purpose][] => [
      [purposeKey(purpose), purpose],
      ...locales.map((locale): [string, Purpose] => [purposeKey(spoken.in(locale)(`donations:purpose.${purpose}`)), purpose]),
    ]),
  );
}

/** Reads the bytes of a roster for a gift of this purpose. @throws `input.invalid` at `file` for what is no table. */
export async function rosterOf(bytes: Buffer, giftPurpose: Purpose) {
  return readRoster(await readTable(bytes, limits), { purposeOf: await purposeWords(), giftPurpose });
}

/** The bytes that were brought. */
export async function bytesOfRoster(ctx: Context, id: string): Promise<Buffer> {
  const file = (await RosterFile.findOne({ _id: id, ledger: ctx.ledger }).lean<RosterFile>()) ?? fail('not-found');
  return Buffer.from(decryptField(file.sealed, filePlace(id)), 'base64');
}
