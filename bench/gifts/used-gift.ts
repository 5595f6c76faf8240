import { aidReserved } from '../../server/aid/aid.accounts';
import { giftReceived } from '../../server/donations/donations.accounts';
import { Gift } from '../../server/donations/gift.model';
import { gift as giftLot, mainBank, restrictionPool } from '../../server/funds';
import { localDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { debit, type Posting, post } from '../../server/ledger';
import { payable } from '../../server/payments';
import { paymentPaid, paymentSent, transit } from '../../server/payments/payments.accounts';
import { context, ledgerName } from '../ledger/bench-chart';
import { runInFlight } from '../method/in-flight';

const general = restrictionPool({ purpose: 'general' });
const villages = ['130499101201', '130499201201'];
const causes = ['illness', 'schooling', 'disaster', 'illness', 'accident'];
const sharedEvery = 10;
const waitingEvery = 50;
const inFlight = 256;

/** A gift's page as everybody sees it. */
export const pageOfGift = `/gifts/${codeOf('1')}`;

/**
 * A gift of ten million yuan that has paid so many aids, each reserved, sent and paid as by the acts: every tenth together with another
 * gift; some more are still reserved. Gives what it has paid, in fen.
 */
export async function openUsedGift(aids: number): Promise<number> {
  await received('D-2026-000001', 10_000_000_00, codeOf('1'));
  await received('D-2026-000002', 1_000_000_00, codeOf('2'));
  let paidFen = 0;
  await runInFlight(inFlight, aids, async (n) => {
    const own = await aid(n, 'paid'); // first: a sum read before the wait would lose what others add meanwhile
    paidFen += own;
  });
  await runInFlight(inFlight, Math.ceil(aids / waitingEvery), (n) => aid(aids + n, 'reserved'));
  return paidFen;
}

function codeOf(digit: string): string {
  return `g_${digit.repeat(20)}`;
}

async function aid(n: number, until: 'reserved' | 'paid'): Promise<number> {
  const id = `aid_${n}`;
  const [village = '', cause = ''] = [villages[n % villages.length], causes[n % causes.length]];
  const posting = { source: { type: 'bench', id }, tags: { village, cause } };
  const own = 800_00 + ((n * 31) % 900) * 100;
  const into = { pool: payable(id) };
  await posted({
    ...posting,
    key: `${id}:reserved`,
    kind: aidReserved,
    draws: [
      { from: general, lot: giftLot('D-2026-000001'), amount: own, to: into },
      ...(n % sharedEvery === 0 ? [{ from: general, lot: giftLot('D-2026-000002'), amount: 200_00, to: into }] : []),
    ],
  });
  if (until === 'reserved') return 0;
  const sent = { from: payable(id), amount: 'all', to: { pool: transit(id) } } as const;
  await posted({ ...posting, key: `${id}:sent`, kind: paymentSent, draws: [sent] });
  const paid = { from: transit(id), amount: 'all', to: mainBank } as const;
  const tags = { ...posting.tags, household: `hs_${n % 4_000}` };
  await posted({ ...posting, key: `${id}:paid`, kind: paymentPaid, tags, draws: [paid] });
  return own;
}

async function received(number: string, amount: number, code: string): Promise<void> {
  const lot = { lot: giftLot(number), pool: general, amount, order: `2026-01-05/${number}`, origin: number };
  const source = { type: 'gift', id: `gft_${code}` };
  await posted({ key: `gift:gft_${code}:received`, kind: giftReceived, source, legs: [debit(mainBank, amount)], lots: [lot] });
  const at = context.clock.now();
  await Gift.create({
    _id: `gft_${code}`,
    ledger: ledgerName,
    version: 1,
    ...{ number, code, donorKind: 'company', payerName: '和安县恒通机械有限公司', showName: true, amountFen: fen(amount) },
    restriction: { purpose: 'general' },
    channel: 'bankTransfer',
    state: { name: 'received', by: context.actor.id, at },
    ...{ openedAt: at, openedBy: context.actor.id, attempts: [] },
    received: { on: localDate('2026-01-05'), at, into: 'bankTransfer', proof: code },
  });
}

async function posted(posting: Posting): Promise<void> {
  await post(context, posting);
}
