import { recorded } from '../../audit';
import { type HeldMovements, holdMovements } from '../../donations';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail, invariant } from '../../kernel/errors';
import type { LocalDate } from '../../kernel/local-date';
import { isRefused, post } from '../../ledger';
import { absent, change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { dayClosed, daySigned } from '../reconciliation.kinds';
import { closeFigures, type TakenFigures } from './close-figures';
import { type CloseFigures, closeStates, DayClose } from './day-close.model';
import { daysToClose, findCloseById, findCloseOf } from './find-closes';

export interface SignDayInput {
  day: LocalDate;
  /** The fingerprint of the figures as the signer saw them. */
  sha256: string;
  code: string;
}

const tries = 8;

/**
 * Signs the figures of a day, as the signer saw them, and closes the books up to it: at once when everything is matched, with the second
 * person's signature when a break is open, or when a line of the bank was put aside by the signer. Figures that changed since the first signature are signed anew. From then on no entry can be
 * of that day. @throws `reconciliation.day-not-open`, `reconciliation.figures-changed`, `rule.same-person`, `input.invalid` at `code`.
 */
export async function signDay(ctx: Context, input: SignDayInput): Promise<DayClose> {
  const closed = await findCloseOf(ctx, input.day);
  if (closed && closed.day === input.day && closed.sha256 === input.sha256) return closed; // a second click
  const days = await daysToClose(ctx, input.day);
  const before = await findCloseById(ctx, days.id);
  const first = before?.sha256 === input.sha256 ? before.signatures[0] : undefined;
  const seen = await figuresAsSeen(ctx, days, input.sha256);
  if (first?.by === ctx.actor.id) fail('rule.same-person');
  const prove = () => proveSignature(ctx, input.code);
  const proof = await provenUnlessSigned(prove, async () => hasSigned(ctx, days.id, input.sha256));
  if (!proof) return (await findCloseById(ctx, days.id)) ?? fail('state.stale');

  const signatures = [...(first ? [first] : []), { by: ctx.actor.id, at: ctx.clock.now() }];
  const isLast = signatures.length > 1 || closesAlone(seen.figures, ctx.actor.id);
  const to = isLast ? 'closed' : 'signedOnce';
  const state = before ? closeStates.enter(before.state, to, ctx) : closeStates.begin(to, ctx);
  const sign = ({ figures: { asOf, sha256, ...figures }, held }: Seen) => {
    const fields = { ...figures, from: days.from, day: days.to, sha256, signatures, state };
    return post(ctx, {
      key: `close:${days.id}:${before?.version ?? 0}:${ctx.actor.id}`,
      kind: isLast ? dayClosed : daySigned,
      source: { type: 'dayClose', id: days.id },
      facts: { day: days.to, sha256 },
      asOf, // the figures are those of the book that is closed
      ...(isLast && { closesThrough: days.to }),
      guards: [before ? unchanged(DayClose, before) : absent(DayClose, days.id), ...held.guards, ...proof.guards],
      writes: () => [
        before ? change(DayClose, before, fields) : insertion(ctx, DayClose, { _id: days.id, ...fields }),
        recorded(ctx, isLast ? 'day.closed' : 'day.signed', { type: 'dayClose', id: days.id }, { until: days.to, sha256 }),
        ...held.writes,
        ...proof.writes,
      ],
    });
  };
  await whileOthersPost(sign, () => figuresAsSeen(ctx, days, input.sha256), seen);
  const done = await findCloseById(ctx, days.id);
  invariant(done, 'close.is-there', { id: days.id });
  return done;
}

/** Whether one signature closes days: no break is open, and it was somebody else who explained what differs. */
export function closesAlone({ breaks, explained = [] }: Pick<CloseFigures, 'breaks' | 'explained'>, signer: string): boolean {
  return breaks.length === 0 && explained.every(({ by }) => by !== signer);
}

/** The figures, and what holds off whoever tells of a movement of these days before they are signed. */
interface Seen {
  figures: TakenFigures;
  held: HeldMovements;
}

/** Others post and tell meanwhile, of other days: the figures are taken anew, and must still be those that are signed. */
async function whileOthersPost(sign: (seen: Seen) => Promise<unknown>, again: () => Promise<Seen>, first: Seen): Promise<void> {
  let seen = first;
  for (let left = tries; ; left -= 1) {
    try {
      await sign(seen);
      return;
    } catch (error) {
      if (!isByOthers(error, seen.held) && isRefused(error, 'exists')) fail('state.stale');
      if (!isByOthers(error, seen.held) || left <= 1) throw error;
      seen = await again();
    }
  }
}

/** Overtaken by an entry, which is no document's, or by who told of a movement, perhaps the first one. */
function isByOthers(error: unknown, { guards }: HeldMovements): boolean {
  if (!isRefused(error, 'stale') && !isRefused(error, 'exists')) return false;
  const { collection } = error.details;
  return guards.some((guard) => guard.in === collection) || (collection === undefined && isRefused(error, 'stale'));
}

async function figuresAsSeen(ctx: Context, days: { from: LocalDate; to: LocalDate }, sha256: string): Promise<Seen> {
  const held = await holdMovements(ctx);
  const figures = await closeFigures(ctx, { from: days.from, to: days.to });
  if (figures.sha256 !== sha256) fail('reconciliation.figures-changed');
  return { figures, held };
}

async function hasSigned(ctx: Context, id: string, sha256: string): Promise<boolean> {
  const close = await findCloseById(ctx, id);
  return close?.sha256 === sha256 && close.signatures.some(({ by }) => by === ctx.actor.id);
}
