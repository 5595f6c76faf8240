import type { Express } from 'express';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { findPersonOrThrow, fullMobile, registerPerson, type User } from '../../server/identity';
import { identityRoom } from '../../server/identity/identity-room';
import { User as Users } from '../../server/identity/user.model';
import type { Clock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { systemRandom } from '../../server/kernel/random';
import type { Grant } from '../../server/kernel/roles';
import { loadConfig } from '../../server/platform/config/config';
import { decryptField } from '../../server/platform/crypto/encrypt-field';
import { installKeys } from '../../server/platform/crypto/keys';
import { installHashCost } from '../../server/platform/crypto/slow-hash';
import { createApp } from '../../server/platform/http/create-app';
import type { Routes } from '../../server/platform/http/routes';
import { createLogger } from '../../server/platform/logging/logger';
import type { Redis } from '../../server/platform/redis/connection';
import { newTotpSecret, totpCode, totpStep } from '../../server/platform/totp/totp';

export const testPassword = 'seven warm hearts';
export const testOrigin = 'http://localhost:3000';

/** Keys and cheap hashes for a process of tests that handles people. */
export function useTestKeys(): void {
  beforeAll(() => {
    installKeys(testConfig());
    installHashCost({ memoryCost: 8, timeCost: 1, parallelism: 1 });
  });
}

export function testConfig(env: Record<string, string> = {}) {
  return loadConfig({ NODE_ENV: 'test', MONGODB_URI: 'mongodb://unused', REDIS_URL: 'redis://unused', ...env });
}

/** The system acting in the county of {@link testConfig}: makes what a test begins with. */
export function testContext(clock: Clock, changes: Partial<Context> = {}): Context {
  return {
    ledger: 'hean',
    actor: { id: 'system:test', kind: 'system', grants: [] },
    clock,
    random: systemRandom,
    locale: 'zh-CN',
    ...changes,
  };
}

/** The shell with people, around the rooms under test: `signInAs(request.agent(app), …)` works in it. */
export async function appWithPeople(
  redis: Redis,
  clock: Clock,
  { rooms = [], env = {}, log = [] }: { rooms?: readonly Routes[]; env?: Record<string, string>; log?: string[] } = {},
): Promise<Express> {
  const config = testConfig(env);
  const logger = createLogger({ level: 'info', process: 'test' }, { write: (line: string) => void log.push(line) });
  const identity = identityRoom({ config, redis, logger, clock, random: systemRandom });
  return createApp({
    config,
    redis,
    logger,
    clock,
    random: systemRandom,
    lifecycle: { draining: false },
    rooms: [...identity.routes, ...rooms],
    programs: identity.programs,
    identity: identity.shell.middleware,
    actorOf: identity.shell.actorOf,
    requestsPerMinute: 100_000,
  });
}

let people = 0;

/** Somebody who can sign in with {@link testPassword}; with a second factor unless told. */
export async function samplePerson(
  ctx: Context,
  grants: readonly Grant[],
  { name = '陈建华', secondFactor = true }: { name?: string; secondFactor?: boolean } = {},
): Promise<User> {
  people += 1;
  return registerPerson(ctx, {
    name,
    mobile: `139${String(process.pid % 10_000).padStart(4, '0')}${String(people).padStart(4, '0')}`,
    password: testPassword,
    grants,
    requestKey: `sample-person-${process.pid}-${people}`,
    ...(secondFactor && { secondFactorSecret: newTotpSecret() }),
  });
}

/** Signs a Supertest agent in through the real sign-in, with account, password and, where there is one, the six digits. */
export async function signInAs(agent: TestAgent, userId: string, ctx: Context, password = testPassword): Promise<void> {
  const user = await findPersonOrThrow(ctx, userId);
  const answer = await submit(agent, '/sign-in', '/sign-in', { account: fullMobile(user) ?? '', password });
  if (answer.headers['location'] !== '/sign-in/code') return;
  await Users.updateOne({ _id: userId }, { $set: { 'secondFactor.lastStep': 0 } }); // the test's clock stands still: the code may repeat
  await submit(agent, '/sign-in/code', '/sign-in/code', { code: await codeOf(user, ctx.clock) });
}

/** The six digits that somebody's authenticator shows now. */
export async function codeOf(user: Pick<User, '_id' | 'secondFactor'>, clock: Clock, stepsAhead = 0): Promise<string> {
  if (!user.secondFactor) throw new Error('this person has no second factor');
  return totpCode(decryptField(user.secondFactor.secretSealed, `user/${user._id}/totp`), totpStep(clock.now()) + stepsAhead);
}

/** Sends a form as a browser would: with the token of the page that shows it. */
export async function submit(agent: TestAgent, page: string, action: string, fields: Record<string, string>) {
  const _csrf = await tokenOn(agent, page);
  return agent
    .post(action)
    .type('form')
    .send({ _csrf, ...fields });
}

/** The form token that a page prints; also the value of the `x-csrf-token` header for JSON. */
export async function tokenOn(agent: TestAgent, page: string): Promise<string> {
  const { text } = await agent.get(page);
  const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1];
  if (token === undefined) throw new Error(`no form on ${page}: ${text.slice(0, 200)}`);
  return token;
}

/** An agent that keeps cookies, signed in. */
export async function agentOf(app: Express, userId: string, ctx: Context): Promise<TestAgent> {
  const agent = request.agent(app);
  await signInAs(agent, userId, ctx);
  return agent;
}
