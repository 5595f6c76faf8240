import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { isRefused, post } from '../../ledger';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, change, type DocumentGuard, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { type MatterKind, matterStates, ProviderMatter } from './provider-matter.model';
import { matterNoted } from './provider-money.accounts';

/** What is to be listed. */
export interface NewMatter {
  kind: MatterKind;
  about: string;
  gift?: string;
  amountFen?: number;
}

/** Lists a matter for finance, once. */
export async function openMatter(ctx: Context, matter: NewMatter): Promise<void> {
  const { guards, writes } = matterAlong(ctx, matter);
  try {
    await post(ctx, {
      key: `matter:${matterId(ctx, matter)}:opened`,
      kind: matterNoted,
      source: { type: 'providerMatter', id: matterId(ctx, matter) },
      guards,
      writes: () => writes,
    });
  } catch (error) {
    if (!isRefused(error, 'exists')) throw error; // listed with what it came from
  }
}

/** The same as part of the commit that brings it about. */
export function matterAlong(ctx: Context, matter: NewMatter): { guards: readonly DocumentGuard[]; writes: readonly DocumentWrite[] } {
  const id = matterId(ctx, matter);
  const { kind, about, gift, amountFen } = matter;
  const document = { _id: id, kind, about, ...(gift !== undefined && { gift }), ...(amountFen !== undefined && { amountFen }) };
  return {
    guards: [absent(ProviderMatter, id)],
    writes: [insertion(ctx, ProviderMatter, { ...document, openedAt: ctx.clock.now(), state: matterStates.begin('open', ctx) })],
  };
}

function matterId(ctx: Context, { kind, about }: Pick<NewMatter, 'kind' | 'about'>): string {
  return idOfFact(ctx, 'mat', `${kind}/${about}`);
}

/** A finance officer has looked at a matter and says what came of it. */
export async function closeMatter(ctx: Context, { id, note }: { id: string; note: string }): Promise<ProviderMatter> {
  const matter = await findMatterOrThrow(ctx, id);
  if (matter.state.name === 'closed' && matter.note === note) return matter; // a second click
  const state = matterStates.enter(matter.state, 'closed', ctx);
  await post(ctx, {
    key: `matter:${id}:closed`,
    kind: matterNoted,
    source: { type: 'providerMatter', id },
    facts: { note },
    guards: [unchanged(ProviderMatter, matter)],
    writes: () => [
      change(ProviderMatter, matter, { state, note }),
      recorded(ctx, 'matter.closed', { type: 'providerMatter', id }, matter.amountFen === undefined ? {} : { amountFen: matter.amountFen }),
    ],
  });
  return findMatterOrThrow(ctx, id);
}

/** What made a matter is gone: the money has come back. */
export async function endMatter(ctx: Context, about: Pick<NewMatter, 'kind' | 'about'>, note: string): Promise<void> {
  const matter = await ProviderMatter.findOne({ _id: matterId(ctx, about), ledger: ctx.ledger }).lean<ProviderMatter>();
  if (matter?.state.name === 'open') await closeMatter(ctx, { id: matter._id, note });
}

async function findMatterOrThrow(ctx: Context, id: string): Promise<ProviderMatter> {
  return (await ProviderMatter.findOne({ _id: id, ledger: ctx.ledger }).lean<ProviderMatter>()) ?? fail('not-found');
}
