import { publicPurposes } from '../../funds';
import { zMobile } from '../../identity';
import { fen } from '../../kernel/money';
import { alongside, zId, zLocalDate, zNfcText, zPage, zRequestKey, zTick, zWhole, zYuan } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { largestTransferFen, optional, zCreditCode, zPlace } from '../donations.fields';
import { organisationKinds } from '../donor-kinds';
import { givenPurposes } from '../give.inputs';
import { inKindKinds, pledgeKinds } from './pledge.model';

/** Of money, and as many again of what is in kind. */
export const mostInstalments = 24;

/** The lists of the form: a row in which nothing was typed was not meant. */
export const pledgeLists = { instalments: ['dueOn', 'amount'], inKind: ['dueOn', 'item', 'quantity', 'unit', 'value'] } as const;

/** Goods, or days of work: in its own unit, its worth only a note. */
const promisedInKind = z.object({
  kind: z.enum(inKindKinds).default('goods'),
  item: zNfcText(40),
  quantity: zWhole(1, 1_000_000),
  unit: zNfcText(10),
  value: optional(zYuan({ min: fen(1), max: largestTransferFen })),
  dueOn: zLocalDate,
});

/** The first row of a form's list comes also where nothing was typed in it: alone and empty it was not meant. */
const typedRows = (fields: readonly string[]) => (rows: unknown) => {
  const [first, ...others]: Record<string, unknown>[] = Array.isArray(rows) ? rows : [];
  return first && others.length === 0 && fields.every((field) => first[field] === '') ? [] : rows;
};

/** In any order; a day stands once: typed twice it is a slip, or one sum that belongs together. */
const zInstalments = z
  .array(z.object({ dueOn: zLocalDate, amount: zYuan({ min: fen(1), max: largestTransferFen }) }))
  .max(mostInstalments)
  .superRefine((rows, check) => {
    const days = rows.map(({ dueOn }) => dueOn);
    for (const [place, day] of days.entries()) {
      if (day && days.indexOf(day) < place) check.addIssue({ code: 'custom', message: 'day-twice', path: [place, 'dueOn'] });
    }
  });

const ownFields = z.object({
  requestKey: zRequestKey,
  kind: z.enum(pledgeKinds).default('agreement'),
  paper: optional(zNfcText(60)),
  signedOn: zLocalDate,
  purpose: z.enum(givenPurposes).default('general'),
  place: optional(zPlace),
  total: optional(zYuan({ min: fen(100), max: largestTransferFen })),
  instalments: z.preprocess(typedRows(pledgeLists.instalments), zInstalments.default([])),
  inKind: z.preprocess(typedRows(pledgeLists.inKind), z.array(promisedInKind).max(mostInstalments).default([])),
  showName: zTick,
});

interface Parts {
  total?: number | undefined;
  signedOn: string;
  instalments: readonly { dueOn: string; amount: number }[];
  inKind: readonly { dueOn: string }[];
}

/** These rules look beside others at what may be wrong in itself; that is told at its own field. */
const areRows = <Row>(rows: readonly Row[]): boolean => Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null);
/** To the fen: what the instalments promise is the whole promise. */
const addsUp = ({ total = 0, instalments }: Parts) =>
  !areRows(instalments) ||
  instalments.some(({ amount }) => typeof amount !== 'number') ||
  instalments.reduce((sum, { amount }) => sum + amount, 0) === total;
const followsSigning = ({ signedOn, instalments, inKind }: Parts) =>
  [instalments, inKind].every((rows) => !areRows(rows) || rows.every(({ dueOn }: { dueOn: string }) => !dueOn || dueOn >= signedOn));
const promisesSomething = ({ total, instalments, inKind }: Parts) =>
  total !== undefined || [instalments, inKind].some((rows) => !areRows<unknown>(rows) || rows.length > 0);
const addUp = { path: ['total'], error: 'instalments-do-not-add-up', ...alongside };
const afterSigning = { path: ['signedOn'], error: 'after-first-instalment', ...alongside };
const something = { path: ['total'], error: 'promises-nothing', ...alongside };

/** What an organisation promises itself. */
export const ownPledgeInput = ownFields.refine(addsUp, addUp).refine(followsSigning, afterSigning).refine(promisesSomething, something);
export type OwnPledgeInput = z.output<typeof ownPledgeInput>;

/** What a finance officer records from the paper. */
export const pledgeInput = ownFields
  .extend({
    /**
     * Of what the public gives for, also what /give does not offer: the parties to a donation agreement agree on the use of the money, and
     * its paper may name it more narrowly. Fees, relief after policy and premiums are no purposes of a gift.
     */
    purpose: z.enum(publicPurposes).default('general'),
    donorKind: z.enum(organisationKinds).default('company'),
    payerName: zNfcText(80),
    creditCode: zCreditCode,
    contactName: zNfcText(40),
    phone: zMobile,
  })
  .refine(addsUp, addUp)
  .refine(followsSigning, afterSigning)
  .refine(promisesSomething, something);
export type PledgeInput = z.output<typeof pledgeInput>;
/** What is promised, whoever says it. */
export type PromiseInput = Omit<OwnPledgeInput, 'purpose'> & Pick<PledgeInput, 'purpose'>;

export const pledgeRef = z.object({ id: zId('plg') });

/** The number under which the money of an instalment is to come. */
export const instalmentInput = pledgeRef.extend({
  rank: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostInstalments * 2),
});

/** A gift that has come, and the instalment that it is for; none: the earliest that is open. */
export const assignInput = pledgeRef.extend({
  giftNumber: zNfcText(20),
  rank: optional(
    z.coerce
      .number()
      .int()
      .min(1)
      .max(mostInstalments * 2),
  ),
});

/** Why the giver is to be let off, and where that was reported and disclosed. */
export const askReleaseInput = pledgeRef.extend({ reason: zNfcText(300, { lines: true }), report: zNfcText(120) });

export const decideReleaseInput = pledgeRef.extend({ decision: z.enum(['release', 'keep'], { error: 'required' }) });

export const pledgeViews = ['open', 'late', 'done', 'ended'] as const;
export const pledgeFilters = z.object({ view: z.enum(pledgeViews).default('open'), ...zPage.shape });
export type PledgeFilters = z.output<typeof pledgeFilters>;
