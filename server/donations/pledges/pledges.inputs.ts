import { publicPurposes } from '../../funds';
import { zMobile } from '../../identity';
import { fen } from '../../kernel/money';
import { alongside, zId, zLocalDate, zNfcText, zPage, zRequestKey, zTick, zYuan } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { largestTransferFen, optional, zCreditCode, zPlace } from '../donations.fields';
import { organisationKinds } from '../donor-kinds';
import { givenPurposes } from '../give.inputs';
import { pledgeKinds } from './pledge.model';

const mostInstalments = 24;

/** The lists of the form: a row in which neither day nor sum was typed was not meant. */
export const pledgeLists = { instalments: ['dueOn', 'amount'] } as const;

/** In any order; a day stands once: typed twice it is a slip, or one sum that belongs together. */
const zInstalments = z
  .array(z.object({ dueOn: zLocalDate, amount: zYuan({ min: fen(1), max: largestTransferFen }) }))
  .min(1, 'required')
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
  total: zYuan({ min: fen(100), max: largestTransferFen }),
  instalments: zInstalments,
  showName: zTick,
});

interface Parts {
  total: number;
  signedOn: string;
  instalments: readonly { dueOn: string; amount: number }[];
}

/** These rules look beside others at what may be wrong in itself; that is told at its own field. */
const areRows = (rows: unknown): rows is Parts['instalments'] =>
  Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null);
/** To the fen: what the instalments promise is the whole promise. */
const addsUp = ({ total, instalments }: Parts) =>
  !areRows(instalments) ||
  instalments.some(({ amount }) => typeof amount !== 'number') ||
  instalments.reduce((sum, { amount }) => sum + amount, 0) === total;
const followsSigning = ({ signedOn, instalments }: Parts) =>
  !areRows(instalments) || instalments.every(({ dueOn }) => !dueOn || dueOn >= signedOn);
const addUp = { path: ['total'], error: 'instalments-do-not-add-up', ...alongside };
const afterSigning = { path: ['signedOn'], error: 'after-first-instalment', ...alongside };

/** What an organisation promises itself. */
export const ownPledgeInput = ownFields.refine(addsUp, addUp).refine(followsSigning, afterSigning);
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
  .refine(followsSigning, afterSigning);
export type PledgeInput = z.output<typeof pledgeInput>;

export const pledgeRef = z.object({ id: zId('plg') });

/** The number under which the money of an instalment is to come. */
export const instalmentInput = pledgeRef.extend({ rank: z.coerce.number().int().min(1).max(mostInstalments) });

/** A gift that has come, and the instalment that it is for; none: the earliest that is open. */
export const assignInput = pledgeRef.extend({
  giftNumber: zNfcText(20),
  rank: optional(z.coerce.number().int().min(1).max(mostInstalments)),
});

/** Why the giver is to be let off, and where that was reported and disclosed. */
export const askReleaseInput = pledgeRef.extend({ reason: zNfcText(300, { lines: true }), report: zNfcText(120) });

export const decideReleaseInput = pledgeRef.extend({ decision: z.enum(['release', 'keep'], { error: 'required' }) });

export const pledgeViews = ['open', 'late', 'done', 'ended'] as const;
export const pledgeFilters = z.object({ view: z.enum(pledgeViews).default('open'), ...zPage.shape });
export type PledgeFilters = z.output<typeof pledgeFilters>;
