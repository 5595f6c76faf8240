import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { outboxed } from '../../platform/outbox/outboxed';
import { countyCode } from '../../regions';
import { settingsInForce } from '../../settings';
import { asSystem } from '../as-system';
import { onFresh } from '../on-fresh-gift';
import { accountFrom, findGiftsOfPledge, findPledgeOrThrow } from './find-pledges';
import { type Instalment, Pledge } from './pledge.model';
import { isEndedPledge, type PledgeState, pledgeStates } from './pledge.states';
import { isOpenRow, type PledgeAccount, reminderDue, stateFromAccount } from './pledge-account';
import { pledgeNoted } from './pledges.accounts';
import { pledgeBreachDays, pledgeRemindAfter, pledgeRemindBefore } from './pledges.settings';
import { instalmentDue } from './pledges.topics';

/**
 * Brings a pledge to what its gifts and the day say: its state, its next day, and what the giver is to be told of an instalment, once
 * each, in the commit that keeps that he was. The only act that moves a pledge but its release; asked again it changes nothing.
 */
export function followPledge(ctx: Context, id: string): Promise<Pledge> {
  const acting = asSystem(ctx, 'sweep');
  return onFresh(
    () => findPledgeOrThrow(acting, id),
    async (pledge) => {
      if (isEndedPledge(pledge)) return pledge;
      const next = await nextOf(acting, pledge);
      if (!next) return pledge;
      const { changes, told, state } = next;
      const subject = { type: 'pledge', id } as const;
      await post(acting, {
        key: `pledge:${id}:followed:${pledge.version}`,
        kind: pledgeNoted,
        source: subject,
        facts: { said: hashOfAsked(changes) },
        guards: [unchanged(Pledge, pledge)],
        writes: () => [
          change(Pledge, pledge, changes),
          ...told.map(({ rank, when }) => outboxed(acting, instalmentDue, { pledgeId: id, rank, when })),
          ...(state ? [recorded(acting, `pledge.${state}`, subject)] : []),
        ],
      });
      return findPledgeOrThrow(acting, id);
    },
  );
}

interface Next {
  changes: Partial<Pledge>;
  told: { rank: number; when: 'before' | 'after' }[];
  state: PledgeState | undefined;
}

async function nextOf(ctx: Context, pledge: Pledge): Promise<Next | undefined> {
  const today = shanghaiDay(ctx.clock.now());
  const account = accountFrom(ctx, pledge, await findGiftsOfPledge(ctx, pledge._id));
  const { before, after, breach } = await settingsInForce(
    ctx,
    { before: pledgeRemindBefore, after: pledgeRemindAfter, breach: pledgeBreachDays },
    { day: today, place: pledge.restriction.area ?? countyCode() },
  );
  const reached = stateFromAccount(account, breach.value);
  const state = reached === pledge.state.name ? undefined : reached;
  const nextDueOn = nextDayOf(account);
  const told = account.rows.flatMap((row) => {
    const when = reminderDue(row, today, { before: before.value, after: after.value });
    const isTold = pledge.instalments.find(({ rank }) => rank === row.rank)?.reminded.includes(when ?? 'before');
    return when && !isTold ? [{ rank: row.rank, when }] : [];
  });
  if (!state && told.length === 0 && nextDueOn === pledge.nextDueOn) return undefined;
  const instalments: Instalment[] = pledge.instalments.map((part) => {
    const news = told.find(({ rank }) => rank === part.rank);
    return news ? { ...part, reminded: [...part.reminded, news.when] } : part;
  });
  return { changes: { nextDueOn, instalments, ...(state && { state: pledgeStates.enter(pledge.state, state, ctx) }) }, told, state };
}

function nextDayOf({ rows }: PledgeAccount) {
  const open = rows.find(isOpenRow) ?? rows.at(-1);
  return open?.dueOn ?? shanghaiDay(new Date(0));
}
