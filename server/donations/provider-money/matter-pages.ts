import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { daysBetween, type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { balanceOf, findAccounts, findAccountsOfClass } from '../../ledger';
import type { Translate } from '../../platform/i18n/translator';
import { pageOf } from '../../platform/mongo/page-of';
import { zId, zNfcText, zPage } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { disputeFamilies } from '../back-to-payer';
import type { GiftDispute } from '../disputes/dispute.model';
import { findUndecidedDisputes } from '../disputes/find-disputes';
import { findGiftById } from '../find-gifts';
import { providerAccount } from '../receive-gift';
import { bankLinesOf } from './bank-lines';
import { matterStates, ProviderMatter } from './provider-matter.model';
import { providerExchange, uncovered } from './provider-money.accounts';
import { entryOfPayout, ProviderPayout } from './provider-payout.model';

export const matterFilters = z.object({ view: z.enum(['open', 'closed']).default('open'), ...zPage.shape });
export const closeMatterInput = z.object({ id: zId('mat'), note: zNfcText(200) });

/** What is known of a payout: the provider may say that it has arrived before the bank's statement does. */
const payoutFamilies = { expected: 'waiting', overdue: 'check', booked: 'check', inBank: 'done', failed: 'failed' } as const;
const latestPayouts = 10;
/** The provider's words for which we have ours. */
const reasons = ['fraudulent', 'duplicate', 'unrecognized', 'credit_not_processed', 'general'] as const;

/** What lies at the provider, what waits to be looked at, and what has been paid out. */
export async function matterPage(
  ctx: Context,
  t: Translate,
  { view, ...page }: z.output<typeof matterFilters>,
  hrefOf: (view: string) => string,
) {
  const { ledger } = ctx;
  const [{ rows, next }, [used], heldFen, exchangeFen, losses, payouts, disputes] = await Promise.all([
    pageOf(ProviderMatter, { filter: { ledger, 'state.name': view }, order: { openedAt: 1 } }, page),
    findAccounts(ctx, [providerAccount]), // without a payment there is no such account, and no page of it
    balanceOf(ctx, providerAccount),
    balanceOf(ctx, providerExchange),
    findAccountsOfClass(ctx, uncovered.className, undefined, 500),
    ProviderPayout.find({ ledger }).sort({ arrivesOn: -1, _id: -1 }).limit(latestPayouts).lean<ProviderPayout[]>(),
    findUndecidedDisputes(ctx),
  ]);
  const people = await maskedNames(
    ctx,
    rows.map(({ state }) => state.by),
  );
  return {
    view,
    views: matterStates.states.map((value) => ({
      href: hrefOf(value),
      label: t(`donations:matter.view.${value}`),
      current: value === view,
    })),
    heldFen,
    exchangeFen,
    uncoveredFen: losses.reduce((sum, { balance }) => sum + balance, 0),
    heldHref: used ? hrefOfAccount(providerAccount) : undefined,
    exchangeHref: exchangeFen === 0 ? undefined : hrefOfAccount(providerExchange),
    mayClose: view === 'open' && may(ctx.actor, 'refund.ask'),
    rows: await Promise.all(rows.map(async (matter) => ({ ...(await factsOf(ctx, t, matter)), by: people.get(matter.state.by) }))),
    next,
    disputes: await Promise.all(disputes.map((dispute) => disputeRow(ctx, t, dispute))),
    payouts: await payoutRows(ctx, t, payouts),
  };
}

async function payoutRows(ctx: Context, t: Translate, payouts: readonly ProviderPayout[]) {
  const lines = await bankLinesOf(ctx, payouts.map(entryOfPayout));
  const today = shanghaiDay(ctx.clock.now());
  return payouts.map((payout) => {
    const { payoutId, arrivesOn, amountFen } = payout;
    const lineHref = lines.get(entryOfPayout(payout));
    const known = knownOf(payout, today, lineHref);
    return {
      payoutId,
      arrivesOn,
      amountFen,
      lineHref: may(ctx.actor, 'reconciliation.read') ? lineHref : undefined,
      chip: { family: payoutFamilies[known], word: t(`donations:payout.state.${known}`) },
    };
  });
}

function knownOf({ state, arrivesOn }: ProviderPayout, today: LocalDate, lineHref: string | undefined): keyof typeof payoutFamilies {
  if (state.name === 'failed') return 'failed';
  if (state.name === 'arrived') return lineHref ? 'inBank' : 'booked';
  return arrivesOn < today ? 'overdue' : 'expected';
}

async function disputeRow(ctx: Context, t: Translate, { gift: id, amountFen, state, reason, dueBy }: GiftDispute) {
  const gift = await findGiftById(ctx, id);
  return {
    gift: gift && { number: gift.number, href: `/donations/gifts/${gift.number}` },
    amountFen,
    reason: reasons.some((one) => one === reason) ? t(`donations:dispute.reason.${reason}`) : reason,
    dueBy,
    chip: { family: disputeFamilies[state.name], word: t(`donations:back.disputeState.${state.name}`) },
  };
}

async function factsOf(ctx: Context, t: Translate, matter: ProviderMatter) {
  const gift = matter.gift ? await findGiftById(ctx, matter.gift) : undefined;
  return {
    id: matter._id,
    kind: t(`donations:matter.kind.${matter.kind}`),
    what: t(`donations:matter.what.${matter.kind}`),
    about: matter.about,
    amountFen: matter.amountFen,
    gift: gift && { number: gift.number, href: `/donations/gifts/${gift.number}` },
    ageDays: daysBetween(shanghaiDay(matter.openedAt), shanghaiDay(matter.state.name === 'open' ? ctx.clock.now() : matter.state.at)),
    note: matter.note,
  };
}

function hrefOfAccount(code: string): string {
  return `/ledger/accounts/${encodeURIComponent(code)}`;
}
