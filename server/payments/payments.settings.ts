import { textEncodings } from '../platform/files/text-encoding';
import { z } from '../platform/validation/zod';
import { defineSetting, zSettingWhole } from '../settings';

const room = 'payments';

/** One commit claims every sum of a batch, and the ledger takes about 1,000 documents in one: a batch has no more lines than this. */
export const mostLines = 300;

/** The most lines that the bank takes in one file (DOMAIN 6). Ours never have more than {@link mostLines}: this can only lower it. */
export const bankRows = defineSetting({ name: 'bank.rows', room, unit: 'rows', schema: zSettingWhole(1, 5_000), sample: 5_000 });

/** How the bank reads its files. */
export const bankEncoding = defineSetting({
  name: 'bank.encoding',
  room,
  unit: 'choice',
  schema: z.enum(textEncodings),
  choices: textEncodings,
  sample: 'GB18030',
});

/** Days after which the bank is asked about a line that it has not answered. */
export const bankUnknownDays = defineSetting({
  name: 'bank.unknownDays',
  room,
  unit: 'days',
  schema: zSettingWhole(1, 60),
  sample: 3,
});
