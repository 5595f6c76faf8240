import { zMobile, zNewPassword } from '../identity';
import { fen } from '../kernel/money';
import { largestCheckoutFen } from '../platform/stripe/checkout-sessions';
import { alongside, inOrder, zLocalDate, zNfcText, zPage, zRequestKey, zTick, zYuan } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { optional, zCreditCode, zPlace } from './donations.fields';
import { organisationKinds } from './donor-kinds';
import { type GiftState, giftStates } from './gift.states';
import { namingChoices } from './naming/naming';

/** Ways to pay on the give page; all but the transfer lead to the provider's pay page. */
export const payMethods = ['transfer', 'alipay', 'wechat', 'card'] as const;

/** How often. */
export const rhythms = ['once', 'monthly'] as const;

/** The sums offered as cards, in fen; any other is typed. */
export const usualFen = fen(10_000_00);
export const offeredFen = [fen(1_000_00), fen(5_000_00), usualFen, fen(50_000_00)];

/** Who may give; `organisation` is any body with a credit code. */
export const givers = ['organisation', 'person', 'anonymous'] as const;

/** As which a signed-in member of an organisation gives: for it, with nothing to type. */
const member = 'member';

/** What whoever gives himself may tie it to: the same on the give page and in what an organisation promises. */
export const givenPurposes = ['general', 'illness', 'schooling', 'disasterOrAccident', 'goods'] as const;

/** What the give page offers to give for; `place` asks for a township or village. */
export const givenFor = [...givenPurposes, 'place'] as const;

const leastFen = fen(1_00);

/** What may be given online at once. */
export const zAmount = zYuan({ min: leastFen, max: largestCheckoutFen });

/** The give page, and the same as JSON: sum, use, giver, way to pay. */
const giveFields = z
  .object({
    requestKey: zRequestKey,
    /** Once, or each month until the giver stops it: by card, whatever `method` says. */
    rhythm: z.enum(rhythms).default('once'),
    amount: optional(zAmount),
    otherAmount: optional(zAmount),
    purpose: z.enum(givenFor).default('general'),
    place: optional(zPlace),
    /** The number of the campaign that the gift is for: it says the use. */
    campaign: optional(z.string().trim().max(20)),
    giver: z.enum([...givers, member]),
    organisationName: optional(zNfcText(80)),
    creditCode: optional(zCreditCode),
    personName: optional(zNfcText(40)),
    contactName: optional(zNfcText(40)),
    phone: optional(zMobile),
    showName: zTick,
    method: z.enum(payMethods),
  })
  .strict();

type Given = Partial<z.output<typeof giveFields>>;

/** What the choices make necessary, told together with what is wrong elsewhere. */
const needs: readonly { field: keyof Given; when: (given: Given) => boolean }[] = [
  { field: 'amount', when: (given) => given.otherAmount === undefined },
  { field: 'place', when: (given) => given.purpose === 'place' },
  { field: 'organisationName', when: (given) => given.giver === 'organisation' },
  { field: 'creditCode', when: (given) => given.giver === 'organisation' },
  { field: 'contactName', when: (given) => given.giver === 'organisation' },
  { field: 'personName', when: (given) => given.giver === 'person' },
  { field: 'phone', when: (given) => given.giver === 'organisation' || given.giver === 'person' },
];

export const giveInput = needs.reduce(
  (schema, { field, when }) =>
    schema.refine((given) => !when(given) || given[field] !== undefined, {
      path: [field],
      error: 'required',
      ...alongside,
    }),
  giveFields.refine(({ campaign, rhythm }) => campaign === undefined || rhythm === 'once', {
    path: ['rhythm'], // a campaign has an end, a monthly gift has none
    error: 'not-a-choice',
    ...alongside,
  }),
);

export type GiveInput = z.output<typeof giveInput>;

/** The give page; `campaign` comes with the link from a campaign's page. */
export const giveFilters = z.object({ campaign: z.string().trim().max(20).optional() });

/** An organisation and the person who speaks for it. */
export const registerDonorInput = z.object({
  requestKey: zRequestKey,
  kind: z.enum(organisationKinds),
  name: zNfcText(80),
  creditCode: zCreditCode,
  contactName: zNfcText(40),
  mobile: zMobile,
  password: zNewPassword,
});

export type RegisterDonorInput = z.output<typeof registerDonorInput>;

/** An organisation's own gifts, by the day on which they came (or were announced) and by state. */
export const ownGiftFilters = z
  .object({
    from: optional(zLocalDate),
    to: optional(zLocalDate),
    state: optional(z.enum(giftStates.states as [GiftState, ...GiftState[]])),
    ...zPage.shape,
  })
  .refine(...inOrder);

export type OwnGiftFilters = z.output<typeof ownGiftFilters>;

/** Whether an organisation is named in public. */
export const namingInput = z.object({ naming: z.enum(namingChoices, 'not-a-choice') });

/** The days of a statement; the running year without them. */
export const periodFilters = z.object({ from: optional(zLocalDate), to: optional(zLocalDate) }).refine(...inOrder);
