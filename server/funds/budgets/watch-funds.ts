import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { AppError } from '../../kernel/errors';
import { shanghaiDay, yearOf } from '../../kernel/local-date';
import { fen } from '../../kernel/money';
import { isRefused, post } from '../../ledger';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { outboxed } from '../../platform/outbox/outboxed';
import { countyCode } from '../../regions';
import { type SettingDefinition, settingInForce } from '../../settings';
import { refill } from '../funds.settings';
import { type FundBalance, fundBalances } from '../overview/fund-balances';
import { needsRefill } from '../overview/warnings';
import { endsOfPapers } from '../papers/warn-of-papers';
import { FundAlarm } from './budget.model';
import { alarmStates } from './budget.states';
import { alarmStep, budgetStatus, warnedFrom } from './budget-rules';
import { alarmNoted } from './budgets.kinds';
import { refillFloors } from './budgets.settings';
import { fundAlarmRaised } from './budgets.topics';
import { budgetsOf, usedInYear, warnShare } from './find-budgets';

/** One thing to look at: how it stands, and whether that is a cause to ring. */
interface Watch extends Pick<FundAlarm, 'kind' | 'fund' | 'purpose' | 'year' | 'valueFen' | 'markFen' | 'lastDay'> {
  isCause: boolean;
}

/** Looks at every fund, purpose, budget and paper that has a mark, and rings once for each mark that was crossed since (FU1, FU5). */
export async function watchFunds(ctx: Context): Promise<number> {
  let raised = 0;
  for (const watch of await watches(ctx)) {
    try {
      if (await look(ctx, watch)) raised += 1;
    } catch (error) {
      if (!isRefused(error, 'stale') && !isRefused(error, 'exists')) throw error; // another worker looks at it now
    }
  }
  return raised;
}

async function look(ctx: Context, { isCause, ...seen }: Watch): Promise<boolean> {
  const id = idOfFact(ctx, 'fal', ['alarm', seen.kind, seen.fund, seen.purpose, seen.year, seen.lastDay].filter(Boolean).join('/'));
  const known = await FundAlarm.findOne({ _id: id, ledger: ctx.ledger }).lean<FundAlarm>();
  const step = alarmStep(known?.state.name === 'raised', isCause);
  if (step === 'stay') return false;
  const isRaising = step === 'raise';
  const crossings = (known?.crossings ?? 0) + (isRaising ? 1 : 0);
  const { valueFen, markFen, purpose, lastDay } = seen;
  const figures = { ...(valueFen !== undefined && { valueFen }), ...(markFen !== undefined && { markFen }) };
  const state = known ? alarmStates.enter(known.state, isRaising ? 'raised' : 'settled', ctx) : alarmStates.begin('raised', ctx);
  await post(ctx, {
    key: `fundAlarm:${id}:${crossings}:${step}`,
    kind: alarmNoted,
    source: { type: 'fundAlarm', id },
    guards: [known ? unchanged(FundAlarm, known) : absent(FundAlarm, id)],
    writes: () => [
      known
        ? change(FundAlarm, known, { state, crossings, ...figures })
        : insertion(ctx, FundAlarm, { _id: id, ...seen, crossings, state }),
      ...(isRaising ? [outboxed(ctx, fundAlarmRaised, { alarmId: id, crossing: crossings })] : []),
      recorded(
        ctx,
        isRaising ? 'fundAlarm.raised' : 'fundAlarm.settled',
        { type: 'fundAlarm', id },
        {
          ...(valueFen !== undefined && { amountFen: valueFen }),
          ...(purpose && { purpose }),
          ...(lastDay && { until: lastDay }),
        },
      ),
    ],
  });
  return isRaising;
}

async function watches(ctx: Context): Promise<Watch[]> {
  const year = yearOf(shanghaiDay(ctx.clock.now()));
  const [funds, lowest, floors, budgets, used, share, ends] = await Promise.all([
    fundBalances(ctx),
    inForce(ctx, refill),
    inForce(ctx, refillFloors),
    budgetsOf(ctx, year),
    usedInYear(ctx, year),
    warnShare(ctx),
    endsOfPapers(ctx),
  ]);
  return [
    ...ends,
    ...fundWatch(funds, lowest),
    ...(floors ?? []).map(({ purpose, floorFen }): Watch => {
      const free = freeOfPurpose(funds, purpose);
      return { kind: 'purposeLow', purpose, valueFen: fen(free), markFen: fen(floorFen), isCause: needsRefill(free, floorFen) };
    }),
    ...[...budgets.values()].flatMap(({ purpose, amountFen }): Watch[] => {
      const usedFen = fen(used.get(purpose) ?? 0);
      const status = budgetStatus(usedFen, amountFen, share);
      const seen = { purpose, year, valueFen: usedFen };
      return [
        { ...seen, kind: 'budgetNear', markFen: fen(warnedFrom(amountFen, share)), isCause: status !== 'quiet' },
        { ...seen, kind: 'budgetOver', markFen: amountFen, isCause: status === 'over' },
      ];
    }),
  ];
}

function fundWatch(funds: readonly FundBalance[], lowest: number | undefined): Watch[] {
  const welfare = funds.find(({ fund }) => fund === 'publicWelfare');
  if (lowest === undefined || !welfare) return [];
  const { fund, freeFen } = welfare;
  return [{ kind: 'fundLow', fund, valueFen: fen(freeFen), markFen: fen(lowest), isCause: needsRefill(freeFen, lowest) }];
}

function freeOfPurpose(funds: readonly FundBalance[], purpose: string): number {
  return funds.flatMap(({ purposes }) => purposes).find((one) => one.purpose === purpose)?.freeFen ?? 0;
}

/** The value in force today; undefined while the county has set none: then there is no mark to cross. */
async function inForce<Value>(ctx: Context, definition: SettingDefinition<Value>): Promise<Value | undefined> {
  try {
    return (await settingInForce(ctx, definition, { day: shanghaiDay(ctx.clock.now()), place: countyCode() })).value;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return undefined;
    throw error;
  }
}
