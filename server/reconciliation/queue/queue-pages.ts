import { type DonorKind, donorKinds, findDepositsInTransit, giftsToChoose, givenFor } from '../../donations';
import { incomeChoices, placesIn } from '../../funds';
import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { fen } from '../../kernel/money';
import { randomId } from '../../kernel/random';
import { documentLabels, findEntryByKey } from '../../ledger';
import type { Translate } from '../../platform/i18n/translator';
import type { LineFilters, QueueFilters } from '../reconciliation.inputs';
import { countLines, findLineOrThrow, findLines } from '../statements/find-statements';
import { lineStates } from '../statements/statement.states';
import { nameOf, remarkOf, type StatementLine } from '../statements/statement-line.model';
import { bankFees } from './bank-fees';
import { depositsToOffer } from './choose-deposit';
import { entriesToOffer } from './choose-entries';
import { entriesToMatch } from './entries-to-match';
import { counterpart, lineRow } from './line-words';
import { numbersIn } from './numbers-in';
import { choiceThatFits, type LineChoice, lineChoices } from './what-line-is';

/** The lines of the bank's statements by what became of them, the oldest day first. */
export async function queuePage(ctx: Context, t: Translate, filters: QueueFilters, hrefOf: (view: string) => string) {
  const { view, statement, ...page } = filters;
  const [{ rows, next }, counts] = await Promise.all([findLines(ctx, { state: view, statement, ...page }), countLines(ctx, statement)]);
  return {
    view,
    ofStatement: statement && `/reconciliation/statements/${statement}`,
    views: lineStates.states.map((state) => ({
      href: hrefOf(state),
      label: t(`reconciliation:state.${state}`),
      count: counts.get(state)?.count ?? 0,
      current: state === view,
    })),
    sums: counts.get(view) ?? { count: 0, inFen: 0, outFen: 0 },
    rows: rows.map((line) => lineRow(ctx, t, line)),
    next,
  };
}

/** One line with all that decides about it: what the bank says, what it may be, what became of it. */
export async function linePage(ctx: Context, t: Translate, id: string, filters: LineFilters) {
  const line = await findLineOrThrow(ctx, id);
  const mayDecide = may(ctx.actor, 'reconciliation.match');
  const isOpen = line.state.name === 'open';
  const people = await maskedNames(ctx, [line.state.by]);
  return {
    ...lineRow(ctx, t, line),
    id,
    statement: { href: `/reconciliation/statements/${line.statement}`, row: line.row },
    amountFen: fen(Math.abs(line.amountFen)),
    direction: t(`reconciliation:direction.${line.amountFen > 0 ? 'in' : 'out'}`),
    isIn: line.amountFen > 0,
    entries: await entriesOf(ctx, t, line),
    decidedBy: isOpen ? undefined : { name: people.get(line.state.by) ?? t('reconciliation:byRule'), at: line.state.at },
    mayDecide: mayDecide && isOpen,
    fee: line.match?.fee && t(`reconciliation:fee.for.${line.match.fee}`),
    mayReopen: mayDecide && line.state.name === 'ignored',
    ...(mayDecide && isOpen && (await choices(ctx, t, line, filters))),
  };
}

async function choices(ctx: Context, t: Translate, line: StatementLine, { as, q }: LineFilters) {
  const isIn = line.amountFen > 0;
  const open = await entriesToMatch(ctx, { from: line.day, to: line.day });
  const offered = entriesToOffer(line, open.around(line.amountFen));
  const labels = await documentLabels(
    ctx,
    offered.map(({ source }) => source),
  );
  return {
    ...(isIn ? await choicesOfComing(ctx, t, line, { as, q, entries: offered.length }) : { fees: feesIn(t), showsEntries: true }),
    offered: offered.map(({ seq, day, kind, source, payee }) => ({
      seq,
      href: `/ledger/entries/${seq}`,
      day,
      kind: t(`kinds:${kind}`),
      what: labels.get(`${source.type}/${source.id}`)?.text ?? payee?.batch ?? '',
      tail: payee?.accountTail,
    })),
  };
}

/** What a line that came in may be, one form at a time; without a choice the one that fits is shown. */
async function choicesOfComing(ctx: Context, t: Translate, line: StatementLine, asked: LineFilters & { entries: number }) {
  const { q, entries } = asked;
  const [gifts, deposits] = await Promise.all([giftChoices(ctx, t, line, q), depositChoices(ctx, line)]);
  const ofSum = gifts.filter(({ isSameSum }) => isSameSum).length;
  const known = { name: nameOf(line), remark: remarkOf(line), gifts: ofSum, deposits: deposits.length, entries };
  const open = lineChoices.filter((one) => one !== 'income' || may(ctx.actor, 'fund.recordIncome'));
  const wanted = q ? 'gift' : (asked.as ?? choiceThatFits(known));
  const as = open.includes(wanted) ? wanted : 'gift';
  const counts: Partial<Record<LineChoice, number>> = { cash: deposits.length, entry: entries };
  return {
    tabs: open.map((one) => ({
      href: `/reconciliation/lines/${line._id}?as=${one}`,
      label: t(`reconciliation:as.${one}`),
      count: counts[one] || undefined,
      current: one === as,
    })),
    showsEntries: as === 'entry',
    cash: as === 'cash' && { deposits },
    income: as === 'income' && { ...incomeChoices(ctx, t), requestKey: randomId(ctx.random, 'req') },
    gift: as === 'gift' && { q, gifts, ...newGift(ctx, t, line) },
  };
}

/** The form of a gift that nobody announced: for what the public may give for on the give page. */
function newGift(ctx: Context, t: Translate, line: StatementLine) {
  const [county = ''] = ctx.actor.grants.map(({ scope }) => scope);
  return {
    ...giverToOffer(nameOf(line)),
    requestKey: randomId(ctx.random, 'req'),
    kinds: donorKinds.map((value) => ({ value, label: t(`donations:kindOf.${value}`) })),
    purposes: givenFor.flatMap((value) => (value === 'place' ? [] : [{ value, label: t(`donations:purpose.${value}`) }])), // the place has its own field
    places: placesIn(ctx, county),
  };
}

const feesIn = (t: Translate) => bankFees.map((value) => ({ value, label: t(`reconciliation:fee.for.${value}`) }));

/** What a form for a new gift begins with: an organisation by its name; a person, whose name stays masked and is taken from the line. */
function giverToOffer(name: string): { payer: string; kind: DonorKind } {
  const isMasked = counterpart(name) !== name;
  return isMasked ? { payer: '', kind: 'person' } : { payer: name, kind: name.trim() === '' ? 'anonymous' : 'company' };
}

/** What was searched; else what the remark names; else open gifts of the same sum. */
async function giftChoices(ctx: Context, t: Translate, line: StatementLine, q: string | undefined) {
  const amountFen = fen(line.amountFen);
  const named = q ? [q] : numbersIn(remarkOf(line), 'D').slice(0, 5);
  const lists = await Promise.all((named.length > 0 ? named : [undefined]).map((one) => giftsToChoose(ctx, t, { q: one, amountFen })));
  return lists.flat().map((gift) => ({
    ...gift,
    href: `/donations/gifts/${gift.number}`,
    isSameSum: gift.amountFen === amountFen,
    does: t(`reconciliation:gift.${gift.proof === line.serial ? 'isThis' : gift.isPaid ? 'further' : 'book'}`),
  }));
}

/** Cash of the same sum that was brought to the bank by then. */
async function depositChoices(ctx: Context, line: StatementLine) {
  return depositsToOffer(line, await findDepositsInTransit(ctx)).map(({ _id, paper, day, seq }) => ({
    id: _id,
    paper,
    day,
    seq,
    href: `/ledger/entries/${seq}`,
  }));
}

async function entriesOf(ctx: Context, t: Translate, { match }: StatementLine) {
  if (!match) return [];
  const found = await Promise.all(match.entries.slice(0, 50).map((key) => findEntryByKey(ctx, key)));
  const labels = await documentLabels(
    ctx,
    found.flatMap((entry) => (entry ? [entry.source] : [])),
  );
  return found.flatMap((entry) =>
    entry
      ? [
          {
            seq: entry.seq,
            href: `/ledger/entries/${entry.seq}`,
            kind: t(`kinds:${entry.kind}`),
            day: entry.effectiveOn,
            what: labels.get(`${entry.source.type}/${entry.source.id}`),
          },
        ]
      : [],
  );
}
