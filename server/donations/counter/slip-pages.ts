import { maskedNames, may } from '../../identity';
import { chineseCapitals } from '../../kernel/chinese-capitals';
import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import type { Translate } from '../../platform/i18n/translator';
import { anyOf } from '../../platform/mongo/operators';
import type { StateChip } from '../../platform/views/mark-helpers';
import { findGiftById } from '../find-gifts';
import { Gift } from '../gift.model';
import { restrictionText, staffGiver } from '../gift-words';
import type { CashSlip } from './cash-slip.model';
import type { SlipState } from './counter.states';
import { findCounterDay, findCounterOrThrow, findSlipOrThrow } from './find-counters';

const families = { taken: 'done', voidAsked: 'check', voided: 'failed' } as const satisfies Record<SlipState, StateChip['family']>;
const pageOfSlip = (id: string) => `/donations/cash-slips/${id}`;

function slipChip(t: Translate, state: SlipState): StateChip {
  return { family: families[state], word: t(`counter:slipState.${state}`) };
}

/** Slips as lists show them; a person's name is masked. */
export async function slipRows(ctx: Context, t: Translate, slips: readonly CashSlip[]) {
  const gifts = await Gift.find({ ledger: ctx.ledger, _id: anyOf(slips.map(({ gift }) => gift)) }).lean<Gift[]>();
  const byId = new Map(gifts.map((gift) => [gift._id, gift]));
  return slips.map((slip) => {
    const gift = byId.get(slip.gift);
    return {
      href: pageOfSlip(slip._id),
      number: slip.number,
      giver: gift ? staffGiver(t, gift) : '',
      restriction: gift ? restrictionText(ctx, t, gift) : '',
      takenAt: slip.takenAt,
      amountFen: slip.amountFen,
      chip: slipChip(t, slip.state.name),
    };
  });
}

/** One slip with what was done with it, for its page and its paper. */
export async function slipPage(ctx: Context, t: Translate, id: string) {
  const slip = await findSlipOrThrow(ctx, id);
  const [gift, counter, day, people] = await Promise.all([
    findGiftById(ctx, slip.gift),
    findCounterOrThrow(ctx, slip.counter),
    findCounterDay(ctx, slip.counterDay),
    maskedNames(ctx, [slip.takenBy, slip.state.by, slip.voiding?.askedBy ?? ''].filter(Boolean)),
  ]);
  const { name } = slip.state;
  const isOpen = day?.state.name === 'open';
  const isToday = slip.day === shanghaiDay(ctx.clock.now());
  const isOwn = slip.voiding?.askedBy === ctx.actor.id;
  const mayTake = may(ctx.actor, 'cash.take');
  const who = (person: string | undefined) => people.get(person ?? '') ?? '';
  return {
    id,
    href: pageOfSlip(id),
    paperHref: `${pageOfSlip(id)}/paper`,
    number: slip.number,
    counter: { name: counter.name, href: `/donations/counters/${counter._id}` },
    giver: staffGiver(t, gift),
    restriction: restrictionText(ctx, t, gift),
    gift: { number: slip.giftNumber, href: `/donations/gifts/${slip.giftNumber}`, code: gift.code },
    amountFen: slip.amountFen,
    capitals: chineseCapitals(slip.amountFen),
    takenAt: slip.takenAt,
    takenBy: who(slip.takenBy),
    entry: may(ctx.actor, 'ledger.read') ? slip.seq : undefined,
    chip: slipChip(t, name),
    isVoided: name === 'voided',
    receiptNote: t(gift.donorKind === 'anonymous' ? 'counter:noReceipt' : 'counter:notReceipt'),
    voiding: slip.voiding && { reason: slip.voiding.reason, by: who(slip.voiding.askedBy), isOwn },
    mayAsk: name === 'taken' && isOpen && isToday && mayTake,
    isOver: name === 'taken' && !(isOpen && isToday),
    mayConfirm: name === 'voidAsked' && isOpen && isToday && !isOwn && may(ctx.actor, 'cash.confirm'),
    mayRefuse: name === 'voidAsked' && isOpen && mayTake,
    events: [
      ...(name === 'voided' ? [{ what: t('counter:slipState.voided'), at: slip.state.at, who: who(slip.state.by) }] : []),
      ...(slip.voiding
        ? [
            {
              what: t('counter:slipState.voidAsked'),
              at: slip.voiding.askedAt,
              who: who(slip.voiding.askedBy),
              note: slip.voiding.reason,
            },
          ]
        : []),
      { what: t('counter:slipState.taken'), at: slip.takenAt, who: who(slip.takenBy) },
    ],
  };
}
