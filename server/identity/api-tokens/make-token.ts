import { recorded } from '../../audit';
import type { Actor, Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { addDays, type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { insertion } from '../../platform/mongo/document-writes';
import { transact } from '../../platform/mongo/transact';
import { findPersonOrThrow } from '../find-people';
import { actorFrom } from '../live-grants';
import { may, needsSecondFactor, type Permission } from '../permissions';
import { proveSignature, type SignatureProof } from '../prove-signature';
import type { User } from '../user.model';
import { ApiToken } from './api-token.model';
import { findTokensOf, isOpen } from './find-tokens';
import type { MakeTokenInput, NewTokenInput } from './token.inputs';
import { newTokenText } from './token-text';

const longestDays = 366;
const mostOpen = 20;

interface MadeToken {
  token: ApiToken;
  /** To be shown once. Absent for a repeated request: it was shown then, and nobody can read it again. */
  text: string | undefined;
}

/**
 * Makes a token of one's own, with permissions that one has, signed with six digits by whoever has a second factor.
 * @throws AppError `input.invalid` at `permissions`, `until`, `name` (too many are open) or `code`; `ledger.conflict`.
 */
export async function makeOwnToken(ctx: Context, input: MakeTokenInput): Promise<MadeToken> {
  const person = await findPersonOrThrow(ctx, ctx.actor.id);
  const prove = () => (person.secondFactor ? proveSignature(ctx, input.code || failField('code', 'required')) : undefined);
  return makeToken(ctx, person, input, prove);
}

/** Makes a token for somebody, as an operator of the server who has no code of theirs. Their roles limit it all the same. */
export async function makeTokenFor(ctx: Context, person: User, input: NewTokenInput): Promise<MadeToken> {
  return makeToken(ctx, person, input, () => undefined);
}

async function makeToken(
  ctx: Context,
  person: User,
  { requestKey, name, permissions, isReadOnly, until }: NewTokenInput,
  prove: () => Promise<SignatureProof> | undefined,
): Promise<MadeToken> {
  const id = idOfRequest(ctx, 'tok', requestKey);
  const token = { _id: id, user: person._id, name, permissions, isReadOnly, until, madeAt: ctx.clock.now(), madeBy: ctx.actor.id };
  const known = await ApiToken.findOne({ _id: id, ledger: ctx.ledger }).lean<ApiToken>();
  if (known) return sameAs(known, token, requestKey);
  assertMayCarry(actorFrom(person, ctx.clock.now()), person, permissions);
  assertGoodDay(shanghaiDay(ctx.clock.now()), until);
  const open = (await findTokensOf(ctx, person._id)).filter((one) => isOpen(one, ctx.clock.now()));
  if (open.length >= mostOpen) failField('name', 'too-many-tokens', { most: mostOpen });

  const proof = await prove();
  const { text, hash } = newTokenText(id);
  const facts = { permissions: permissions.join(' '), readOnly: isReadOnly ? 1 : 0, until, token: id } as const;
  const outcome = await transact(ctx, {
    key: `token:${id}:made`,
    guards: proof?.guards ?? [],
    writes: [
      insertion(ctx, ApiToken, { ...token, hash }),
      recorded(ctx, 'person.tokenMade', { type: 'user', id: person._id }, facts),
      ...(proof?.writes ?? []),
    ],
  });
  const stored = (await ApiToken.findOne({ _id: id, ledger: ctx.ledger }).lean<ApiToken>()) ?? fail('not-found');
  return outcome === 'done' ? { token: stored, text } : sameAs(stored, token, requestKey);
}

type Asked = Pick<ApiToken, 'user' | 'name' | 'permissions' | 'isReadOnly' | 'until'>;

function sameAs(known: ApiToken, asked: Asked, key: string): MadeToken {
  const said = ({ user, name, permissions, isReadOnly, until }: Asked) => JSON.stringify([user, name, permissions, isReadOnly, until]);
  return said(known) === said(asked) ? { token: known, text: undefined } : fail('ledger.conflict', { key });
}

function assertMayCarry(actor: Actor, person: User, permissions: readonly Permission[]): void {
  if (!permissions.every((permission) => may(actor, permission))) failField('permissions', 'not-a-choice');
  if (needsSecondFactor(actor.grants) && !person.secondFactor) failField('code', 'no-second-factor');
}

function assertGoodDay(today: LocalDate, until: LocalDate): void {
  if (until < today) failField('until', 'in-the-past');
  if (until > addDays(today, longestDays)) failField('until', 'too-late', { days: longestDays });
}
