import { type Household, householdsById, isOwnHousehold, shownName } from '../households';
import { maskedNames, may } from '../identity';
import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { divisionFullName } from '../regions';
import { batchChip, lineChip } from './batch-chip';
import { batchSigners, handsOf, isToSign } from './batch-signers';
import { batchSteps } from './batch-steps';
import { findBatchOrThrow, findLines, findResults, payablesById } from './find-payments';
import { mayAnswer } from './line-page';
import type { Payable } from './payable.model';
import type { PaymentBatch } from './payment-batch.model';
import { isTouchedBy, isUnanswered, type PaymentLine } from './payment-line.model';
import { practiceAnswers } from './payments.inputs';
import { batchStates } from './payments.states';
import { unansweredDays } from './unanswered-days';

/** A payment batch with the three figures that are signed, its lines, who has a hand in it, and the one thing to do next. */
export async function batchPage(ctx: Context, t: Translate, id: string) {
  const batch = await findBatchOrThrow(ctx, id);
  const [lines, results] = await Promise.all([findLines(ctx, id), findResults(ctx, id)]);
  const hands = handsOf(batch, lines);
  const [households, owed, names, signers, days, isOwn] = await Promise.all([
    householdsById(
      ctx,
      lines.map(({ household }) => household),
    ),
    payablesById(
      ctx,
      lines.filter(({ state }) => state.name === 'returned').map(({ payable }) => payable),
    ),
    maskedNames(ctx, [...hands.keys()]),
    batchSigners(ctx, t, batch, lines),
    unansweredDays(ctx, batch, lines),
    isOwnHousehold(ctx, ...lines.map(({ household }) => household)),
  ]);
  const nameOf = (person: string) => names.get(person) ?? '';
  const { count, totalFen, sha256 = '', byteLength, encoding, number, state } = batch;
  return {
    id,
    number,
    count,
    totalFen,
    sha256,
    shortHash: `${sha256.slice(0, 4)} ${sha256.slice(4, 8)} … ${sha256.slice(-4)}`,
    byteLength,
    encoding,
    day: batch.day,
    chip: batchChip(ctx, t, batch, may(ctx.actor, 'payment.sign')),
    steps: batchSteps(ctx, t, batch, nameOf),
    firstSigned: batch.signatures.length > 0,
    sameAsFirst: batch.signatures.length > 0 ? t('payments:batch.sameAsFirst') : undefined,
    returnReason: batch.returnReason,
    rows: lines.map((line) => ({
      sequence: line.sequence,
      who: shownName(households.get(line.household) ?? { headName: '', number: '' }),
      where: divisionFullName(line.village, ctx.locale),
      number: line.number,
      caseHref: `/aid/cases/${line.payable}`,
      tail: line.accountTail,
      approvers: line.handledBy
        .filter(({ step }) => step === 'approved')
        .map(({ person }) => nameOf(person))
        .join(t('payments:and')),
      amountFen: line.amountFen,
      chip: lineChip(t, line),
      reason: line.reason,
      answerHref: mayAnswer(ctx, line, days) ? `/payments/lines/${line._id}` : undefined,
      isUnknown: line.state.name === 'unknown',
      isReturned: line.state.name === 'returned',
      next: nextOfReturned(
        t,
        owed.find(({ _id }) => _id === line.payable),
        households.get(line.household),
      ),
    })),
    sums: sumsOf(lines),
    signers,
    results: results.map((one) => ({ ...one, shortHash: `${one.sha256.slice(0, 4)} … ${one.sha256.slice(-4)}`, by: nameOf(one.readBy) })),
    ask: isOwn ? undefined : askOf(ctx, batch, lines),
    isExported: batch.exportedAt !== undefined,
    unansweredDays: days,
    missing: 2 - batch.signatures.length,
    practiceAnswers: batch.exportedAt && lines.some(isUnanswered) ? practiceAnswers : [],
    mayFetch: may(ctx.actor, 'payment.make'),
    mayWithdraw: batchStates.may(state.name, 'withdrawn') && may(ctx.actor, 'payment.make'),
    mayExport: may(ctx.actor, 'payment.make') && !isOwn && !touches(lines, ctx.actor.id),
  };
}

/** What a returned line waits for: its account to be put right, or to be paid again; nothing once that is under way. */
function nextOfReturned(t: Translate, owed: Payable | undefined, household: Household | undefined) {
  if (owed?.state.name !== 'returned') return undefined;
  if (household?.bankAccount?.state.name === 'usable') return { href: '/payments/batches', label: t('payments:resend') };
  return { href: `/households/${owed.household}#bank`, label: t('payments:mendResend') };
}

/** What this person can do now. */
function askOf(ctx: Context, batch: PaymentBatch, lines: readonly PaymentLine[]) {
  const { state, madeBy, signatures } = batch;
  if (!isToSign({ state }) || !may(ctx.actor, 'payment.sign')) return undefined;
  if (madeBy === ctx.actor.id || touches(lines, ctx.actor.id) || signatures.some(({ by }) => by === ctx.actor.id)) return undefined;
  return { rank: signatures.length + 1 };
}

function touches(lines: readonly PaymentLine[], person: string): boolean {
  return lines.some((line) => isTouchedBy(line, person));
}

/** How many lines and how much in each state, for the answer of the bank. */
function sumsOf(lines: readonly PaymentLine[]) {
  const of = (name: string) => lines.filter(({ state }) => state.name === name);
  const sum = (some: readonly PaymentLine[]) => some.reduce((total, { amountFen }) => total + amountFen, 0);
  return Object.fromEntries(['paid', 'returned', 'unknown', 'sent'].map((name) => [name, { count: of(name).length, fen: sum(of(name)) }]));
}
