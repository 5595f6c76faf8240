import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { daysBetween, shanghaiDay } from '../../kernel/local-date';
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
import { matterStates, ProviderMatter } from './provider-matter.model';
import { providerExchange, uncovered } from './provider-money.accounts';
import { ProviderPayout } from './provider-payout.model';

export const matterFilters = z.object({ view: z.enum(['open', 'closed']).default('open'), ...zPage.shape });
export const closeMatterInput = z.object({ id: zId('mat'), note: zNfcText(200) });

const payoutFamilies = { expected: 'waiting', arrived: 'done', failed: 'failed' } as const;
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
    payouts: payouts.map(({ payoutId, arrivesOn, amountFen, state }) => ({
      payoutId,
      arrivesOn,
      amountFen,
      chip: { family: payoutFamilies[state.name], word: t(`donations:payout.state.${state.name}`) },
    })),
  };
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
