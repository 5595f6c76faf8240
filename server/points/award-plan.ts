import type { Context } from '../kernel/context';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import { settingsInForce } from '../settings';
import { awardFor, type CapMode } from './award-for';
import { type Cap, capsFor, roomsUnder } from './caps';
import type { Award, Deed } from './deed.model';
import { lastDayOf } from './last-day';
import { capMode, expiry, graceDays } from './points.settings';

/** The rules under which a deed is awarded: those of its day. */
export interface AwardPlan {
  caps: Cap[];
  mode: CapMode;
  lastDay?: LocalDate;
  settings: string[];
}

/** Looks up the rules for a deed. @throws `rule.none-in-force` when one has no version for its day. */
export async function planAward(ctx: Context, { day, village }: Pick<Deed, 'day' | 'village'>, surrogate: string): Promise<AwardPlan> {
  const caps = await capsFor(ctx, { surrogate, village, day });
  const set = await settingsInForce(ctx, { capMode, expiry, graceDays }, { day, place: village });
  const lastDay = lastDayOf({
    mode: set.expiry.value,
    deedOn: day,
    awardedOn: shanghaiDay(ctx.clock.now()),
    graceDays: set.graceDays.value,
  });
  const settings = [...caps, set.capMode, set.expiry, set.graceDays].map(({ versionId }) => versionId);
  return { caps, mode: set.capMode.value, ...(lastDay && { lastDay }), settings };
}

/** What the deed would get if it were confirmed now, and the cap that lets least through. */
export async function proposeAward(
  ctx: Context,
  { score }: Pick<Deed, 'score'>,
  { caps, mode }: Pick<AwardPlan, 'caps' | 'mode'>,
): Promise<{ points: number; caps: Award['caps']; narrowest: { cap: string; most: number; left: number } }> {
  const rooms = (await roomsUnder(ctx, caps)).map(({ name, most, left }) => ({ name, most, left }));
  const [narrowest] = [...rooms].sort((a, b) => a.left - b.left);
  return {
    points: awardFor({ score, rooms: rooms.map(({ left }) => left), mode }),
    caps: rooms,
    narrowest: { cap: narrowest?.name ?? 'none', most: narrowest?.most ?? 0, left: narrowest?.left ?? 0 },
  };
}
