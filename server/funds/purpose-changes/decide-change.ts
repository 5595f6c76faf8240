import { recorded } from '../../audit';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { findAccounts, post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { mayFillOperating } from '../costs/operating-year';
import { firstUseOf } from '../find-pools-for';
import type { ConfirmChangeInput, DeclineChangeInput } from '../funds.inputs';
import { changeDeclined, purposeChanged } from '../funds.kinds';
import { restrictionPool } from '../restrictions';
import { findChangeOrThrow } from './find-changes';
import { PurposeChange } from './purpose-change.model';
import { changeStates } from './purpose-change.states';

/**
 * Confirms a change with a fresh code: an entry moves the money to the other restriction's pool, in the order and with the origin that it
 * had, so that the gift is still followed to the fen. Money past its last day may be moved: that is what the consent is for.
 * @throws `rule.same-person`, `fund.day-over` when the new restriction's own last day passed meanwhile, `fund.cost-cap`, `ledger.refused` when the money has been used meanwhile, `input.invalid` at `code`.
 */
export async function confirmChange(ctx: Context, input: ConfirmChangeInput): Promise<PurposeChange> {
  const asked = await findChangeOrThrow(ctx, input.id);
  if (isDecidedBy(ctx, asked, 'confirmed')) return asked; // a second click
  if (asked.askedBy === ctx.actor.id) fail('rule.same-person', { number: asked.number });
  const state = changeStates.enter(asked.state, 'confirmed', ctx);
  const today = shanghaiDay(ctx.clock.now());
  const { lastDay } = asked.to;
  if (lastDay && lastDay < today) fail('fund.day-over', { day: lastDay });
  const opened = await firstUseOf(ctx, asked.to);
  const capped = await mayFillOperating(ctx, asked);
  const [lot] = await findAccounts(ctx, [asked.lot]); // its own day, not its pool's: what came back has days of grace
  const isPast = lot?.lastDay !== undefined && lot.lastDay < today;
  const prove = () => proveSignature(ctx, input.code);
  const proof = await provenUnlessSigned(prove, async () => isDecidedBy(ctx, await findChangeOrThrow(ctx, asked._id), 'confirmed'));
  if (!proof) return findChangeOrThrow(ctx, asked._id);

  await post(ctx, {
    key: `purpose-change:${asked._id}:confirmed`,
    kind: purposeChanged,
    source: { type: 'purposeChange', id: asked._id },
    tags: { purpose: asked.to.purpose },
    draws: [
      {
        from: asked.pool,
        lot: asked.lot,
        amount: asked.amountFen,
        to: { pool: restrictionPool(asked.to), lastDay: asked.to.lastDay ?? 'none' },
        ...(isPast && { expired: true }),
      },
    ],
    guards: [unchanged(PurposeChange, asked), ...opened.guards, ...capped.guards, ...proof.guards],
    writes: () => [
      change(PurposeChange, asked, { state }),
      ...opened.writes,
      ...capped.writes,
      recorded(
        ctx,
        'fund.purposeChanged',
        { type: 'purposeChange', id: asked._id },
        { amountFen: asked.amountFen, purpose: asked.to.purpose },
      ),
      ...proof.writes,
    ],
  });
  return findChangeOrThrow(ctx, asked._id);
}

/** Declines a change; the money stays as the donor gave it. */
export async function declineChange(ctx: Context, { id, reason }: DeclineChangeInput): Promise<PurposeChange> {
  const asked = await findChangeOrThrow(ctx, id);
  if (isDecidedBy(ctx, asked, 'declined')) return asked;
  const state = changeStates.enter(asked.state, 'declined', ctx);
  await post(ctx, {
    key: `purpose-change:${id}:declined`,
    kind: changeDeclined,
    source: { type: 'purposeChange', id },
    guards: [unchanged(PurposeChange, asked)],
    writes: () => [
      change(PurposeChange, asked, { state }),
      recorded(ctx, 'fund.changeDeclined', { type: 'purposeChange', id }, { reason }),
    ],
  });
  return findChangeOrThrow(ctx, id);
}

function isDecidedBy(ctx: Context, { state }: PurposeChange, name: 'confirmed' | 'declined'): boolean {
  return state.name === name && state.by === ctx.actor.id;
}
