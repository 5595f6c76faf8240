import { parseBankAccount } from '../kernel/bank-account';
import { causes } from '../kernel/causes';
import { type DivisionCode, isDivisionCode, levelOf } from '../kernel/division-code';
import { bareCode } from '../kernel/half-width';
import { localDate } from '../kernel/local-date';
import { parseMobile } from '../kernel/mobile';
import { fen } from '../kernel/money';
import { parseResidentId } from '../kernel/resident-id';
import { alongside, zId, zLocalDate, zNfcText, zPage, zRequestKey, zTick, zWhole, zYuan } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { labourAbilities, monitoredGroups, relations } from './household.model';
import { incomeSourceNames } from './income-sources';

const mostMembers = 20;
const lastDayOfAll = localDate('2199-12-31');
const optionalText = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((typed) => (typed === '' ? undefined : typed), schema.optional());

const zVillage = z
  .string()
  .refine((code) => isDivisionCode(code) && levelOf(code) === 'village', 'not-a-village')
  .transform((code) => code as DivisionCode);

const zMobile = z.string().transform((typed, context) => {
  const mobile = parseMobile(typed);
  if (mobile) return mobile;
  context.addIssue({ code: 'custom', message: 'phone', input: undefined });
  return z.NEVER;
});

/** 16 to 19 digits, told with how many were typed; what only looks odd (a passbook) is a warning, not an error (DOMAIN 1, PC4). */
const zBankAccount = z.string().transform((typed, context) => {
  const read = parseBankAccount(typed);
  if (read) return read.account;
  const bare = bareCode(typed);
  if (bare === '') context.addIssue({ code: 'custom', message: 'required', input: undefined });
  else if (/\D/.test(bare)) context.addIssue({ code: 'custom', message: 'account-not-digits', input: undefined });
  else context.addIssue({ code: 'custom', message: 'account-digits', params: { min: 16, max: 19, count: bare.length }, input: undefined });
  return z.NEVER;
});

/** The act itself checks the ID against today, which a schema does not know: here every birth until the end of days is one. */
const zIdNumber = zNfcText(30).superRefine((typed, context) => {
  const read = parseResidentId(typed, lastDayOfAll);
  if (read.ok) return;
  const count = bareCode(typed).length;
  const message = count === 18 ? 'id-number' : 'id-digits';
  context.addIssue({ code: 'custom', message, params: { count }, input: undefined });
});

const zMember = z.object({
  name: zNfcText(40),
  relation: z.enum(relations),
  idNumber: zIdNumber,
  labour: z.enum(labourAbilities).default('full'),
  student: zTick,
  disabilityLevel: optionalText(zWhole(1, 4)),
});

export const registerHouseholdInput = z.object({
  requestKey: zRequestKey,
  village: zVillage,
  phone: optionalText(zMobile),
  members: z
    .array(zMember)
    .min(1)
    .max(mostMembers)
    // What is no list is told as that: a rule that stands alongside is asked about it all the same.
    .refine((members: unknown) => !Array.isArray(members) || members.some((member) => member?.relation === 'head'), {
      path: [0, 'relation'],
      error: 'head-missing',
      ...alongside,
    }),
});
export type RegisterHouseholdInput = z.output<typeof registerHouseholdInput>;

export const householdId = z.object({ id: zId('hh') });

export const monitorHouseholdInput = householdId.extend({ group: z.enum(monitoredGroups), cause: z.enum(causes) });
export type MonitorHouseholdInput = z.output<typeof monitorHouseholdInput>;

export const bankAccountInput = householdId.extend({
  requestKey: zRequestKey,
  account: zBankAccount,
  holder: zNfcText(40),
  bank: zNfcText(40),
});
export type BankAccountInput = z.output<typeof bankAccountInput>;

/** The second person types the whole number from the card or passbook, not from the screen. */
export const checkBankAccountInput = householdId.extend({ wholeAccount: zBankAccount });
export type CheckBankAccountInput = z.output<typeof checkBankAccountInput>;

const mostIncome = fen(100_000_000_00); // so that no sum of lines passes what an amount may be
const zAmount = optionalText(zYuan({ min: fen(0), max: mostIncome })).transform((amount) => amount ?? fen(0));
const zItem = z.object({ source: z.enum(incomeSourceNames), grossYuan: zAmount, costYuan: zAmount });

const shownFigure = (item: unknown) => Boolean(Object(item)['grossYuan'] || Object(item)['costYuan']);
const hasFigure = (items: unknown) => Array.isArray(items) && items.some(shownFigure);

/** No income at all gives the largest top-up: it is said with a tick, not by leaving all fields empty. */
export const stateIncomeInput = householdId
  .extend({
    requestKey: zRequestKey,
    from: zLocalDate,
    to: zLocalDate,
    items: z.array(zItem).max(30),
    depreciationYuan: zAmount,
    productionTaxesYuan: zAmount,
    rigidSpendingYuan: zAmount,
    noIncome: zTick,
  })
  .refine(({ items, noIncome }) => noIncome || hasFigure(items), { path: ['noIncome'], error: 'no-figure', ...alongside })
  .refine(({ items, noIncome }) => !noIncome || !hasFigure(items), { path: ['noIncome'], error: 'income-beside', ...alongside });
export type StateIncomeInput = Omit<z.output<typeof stateIncomeInput>, 'noIncome'>;

export const statementId = householdId.extend({ statementId: zId('inc') });
export type StatementRef = z.output<typeof statementId>;

/** The reason has a name of its own: another form of the page has one too. */
export const withdrawIncomeInput = statementId.extend({ withdrawReason: zNfcText(200, { min: 4 }) });
export type WithdrawIncomeInput = z.output<typeof withdrawIncomeInput>;

export const issueCardInput = householdId.extend({ requestKey: zRequestKey, number: optionalText(zNfcText(20)) });
export type IssueCardInput = z.output<typeof issueCardInput>;
export const blockCardInput = householdId.extend({ card: zId('crd') });
export type BlockCardInput = z.output<typeof blockCardInput>;

export const replacePinInput = householdId.extend({ requestKey: zRequestKey, why: zNfcText(200, { min: 4 }) });
export type ReplacePinInput = z.output<typeof replacePinInput>;

export const unmaskInput = householdId.extend({
  field: z.enum(['idNumber', 'phone', 'bankAccount']),
  memberId: optionalText(zId('mbr')),
  reason: zNfcText(200, { min: 4 }),
});
export type UnmaskInput = z.output<typeof unmaskInput>;

export const householdFilters = z.object({
  q: z.string().max(60).optional(),
  village: z.string().max(12).optional(),
  group: z.enum(monitoredGroups).optional(),
  /** What a household is looked for: each row leads there instead of to the household's own page. */
  for: z.enum(['aid']).optional(),
  ...zPage.shape,
});
export type HouseholdFilters = z.output<typeof householdFilters>;
