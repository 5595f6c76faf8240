import { once } from 'node:events';
import { Agent, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { families, officers, organisations } from '../../scripts/sample-county/cast';
import { demoPassword } from '../../scripts/sample-county/found-county';
import type { Stage } from '../../scripts/sample-county/stage';
import { buildApp } from '../../server/app';
import { findPersonByAccount } from '../../server/identity';
import type { Context } from '../../server/kernel/context';
import { systemRandom } from '../../server/kernel/random';
import { createLogger } from '../../server/platform/logging/logger';
import { type RunningPracticeProvider, startPracticeProvider } from '../../server/platform/practice-provider/start-practice-provider';
import '../../server/truths'; // loads every room, so that each number of policy is defined
import { usePlayedCounty } from './played-county';
import { signInAs, testConfig, useTestKeys } from './sign-in';
import type { SmallCounty } from './small-county';
import { useTestRedis } from './test-database';

const ledger = 'hean';
const secretKey = 'sk_test_practice';
const webhookSecret = 'whsec_practice';
const connections = new Agent({ keepAlive: true });

/** The whole program as `server/web.ts` builds it, over a small county played through the acts. */
export interface CountyApp {
  app: Express;
  /** Where it answers, with the provider's webhooks, until the tests end. */
  url: string;
  stage: Stage;
  /** The system acting in this county, at the stage's clock. */
  ctx: Context;
  county: SmallCounty;
  /** Lines of the log, as JSON. */
  log: string[];
  provider: RunningPracticeProvider;
  /** A browser signed in through the sign-in pages, by a key of the cast (`manager-1`, `hengtong`, `zhang`); one per key. */
  agentOf(key: string): Promise<TestAgent>;
  /** The number that a member of the cast signs in with. */
  mobileOf(key: string): string;
  /** Makes {@link agentOf} sign in afresh, after the session was ended. */
  forget(key: string): void;
  /** A browser that stands in for the kiosk of the shop in Liushu. */
  kiosk(): Promise<TestAgent>;
  /** Lets everybody ask anew: the limits of all addresses and accounts begin at zero. */
  forgetLimits(): Promise<void>;
}

/** Builds it once per test file. `now` is the day on which the county's clock stands after its story. */
export function useCountyApp({ now = '2026-11-24T02:00:00Z', env = {} }: { now?: string; env?: Record<string, string> } = {}): CountyApp {
  const closing: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closing.reverse()) await close(); // before the ledger and the database go
  });
  useTestKeys();
  const { stage, county: playedCounty } = usePlayedCounty(ledger, new Date(now));
  const redis = useTestRedis();
  const log: string[] = [];
  const county = { stage, log, ctx: stage.system } as CountyApp;
  const agents = new Map<string, Promise<TestAgent>>();

  beforeAll(async () => {
    county.county = playedCounty();
    county.provider = await startPracticeProvider({ port: 0, clock: stage.clock, random: systemRandom, secretKey });
    closing.push(county.provider.stop);
    const provider = { STRIPE_SECRET_KEY: secretKey, STRIPE_API_BASE: county.provider.url, STRIPE_WEBHOOK_SECRETS: webhookSecret };
    const server = await listen(closing); // the address first: the settings name it
    county.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = testConfig({ DEMO: 'true', PUBLIC_BASE_URL: county.url, ...provider, ...env });
    const logger = createLogger({ level: 'info', process: 'test' }, { write: (line: string) => void log.push(line) });
    county.app = await buildApp({ config, logger, clock: stage.clock, random: systemRandom }, redis, { draining: false });
    server.on('request', county.app);
    county.provider.control.setWebhook({ url: `${county.url}/webhooks/stripe`, secret: webhookSecret });
  }, 180_000);

  const memoized = (key: string, make: (agent: TestAgent) => Promise<void>) => {
    const known = agents.get(key) ?? made(keptAlive(request.agent(county.url)), make);
    agents.set(key, known);
    return known;
  };
  county.agentOf = (key) =>
    memoized(key, async (agent) => {
      const user = await findPersonByAccount(county.ctx, mobileOf(key));
      if (!user) throw new Error(`${key} cannot sign in`);
      await signInAs(agent, user._id, county.ctx, demoPassword);
    });
  county.mobileOf = mobileOf;
  county.forget = (key) => void agents.delete(key);
  county.kiosk = () =>
    memoized('kiosk', async (agent) => {
      const { text } = await agent.get('/kiosk/pairing');
      const [, action] = /action="(\/kiosk\/demo-pairings\/[^"]+)"/.exec(text) ?? [];
      const [, _csrf] = /name="_csrf" value="([^"]+)"/.exec(text) ?? [];
      await agent
        .post(action ?? '')
        .type('form')
        .send({ _csrf })
        .expect(303);
    });
  county.forgetLimits = async () => {
    const keys = await redis.keys(`wh-${ledger}:limit:*`);
    if (keys.length > 0) await redis.del(keys);
  };
  return county;
}

/** As browsers do; Supertest would open and close a connection for each request. */
function keptAlive(agent: TestAgent): TestAgent {
  return agent.use((asked: request.Test) => void asked.agent(connections)) as TestAgent;
}

async function made(agent: TestAgent, make: (agent: TestAgent) => Promise<void>): Promise<TestAgent> {
  await make(agent);
  return agent;
}

/**
 * On a port, as in life: Supertest would open one per request. Connections stay open until the end: closed after some idle seconds, one
 * could go just as it is used again.
 */
async function listen(closing: (() => Promise<void>)[]): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return server;
}

function mobileOf(key: string): string {
  const one = [...officers, ...organisations, ...families].find((member) => member.key === key);
  if (!one) throw new Error(`nobody in the cast is called ${key}`);
  return one.mobile;
}
