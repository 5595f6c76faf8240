import { findPersonByAccount, makeTokenFor, readAccount, tokenScopes, type User } from '../../server/identity';
import type { Context } from '../../server/kernel/context';
import { addDays, shanghaiDay } from '../../server/kernel/local-date';

interface Asked {
  /** Mobile number or staff number. */
  user: string;
  name: string;
  scopes: readonly string[];
  days: number;
  isReadOnly: boolean;
  requestKey: string;
}

/** Makes an access token for somebody in the operator's name. What is wrong is said in words, since people at a terminal read it. */
export async function issueToken(ctx: Context, asked: Asked): Promise<{ text: string; until: string; person: User }> {
  const account = readAccount(asked.user);
  const person = account && (await findPersonByAccount(ctx, account));
  if (!person) throw new Error('Nobody signs in with this account.');
  const wrong = asked.scopes.filter((scope) => !tokenScopes.some((one) => one === scope));
  if (wrong.length > 0) throw new Error(`No token can carry ${wrong.join(', ')}. There are: ${tokenScopes.join(', ')}`);
  const until = addDays(shanghaiDay(ctx.clock.now()), asked.days);
  const permissions = tokenScopes.filter((scope) => asked.scopes.includes(scope));
  const { text } = await makeTokenFor(ctx, person, { ...asked, permissions, until });
  if (text === undefined) throw new Error('This token was made and shown before.');
  return { text, until, person };
}
