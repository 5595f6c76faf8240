import type { Express } from 'express';
import request from 'supertest';
import type { Actor } from '../../server/kernel/context';
import { enrolKiosk, kioskActorOf, kioskRoutes, pairingRoutes, pairKiosk, phoneCodeRoutes } from '../../server/kiosk';
import { visitor } from '../../server/platform/http/create-app';
import { createLimiter } from '../../server/platform/http/rate-limit';
import { createLogger } from '../../server/platform/logging/logger';
import type { Redis } from '../../server/platform/redis/connection';
import { pointsRoutes } from '../../server/points';
import { supermarketRoutes } from '../../server/supermarket';
import { sampleApp } from '../platform/support/sample-app';
import { admin, clock, manager, requestKey } from '../points/points-county';

/** The rooms of this journey in the shell. Who acts is told by a header: signing in is tested elsewhere. */
export async function journeyApp(redis: Redis, people: Readonly<Record<string, Actor>>): Promise<Express> {
  const limiter = createLimiter({ redis, ledger: 'hean', logger: createLogger({ level: 'silent', process: 'test' }) });
  const kioskActor = kioskActorOf({ ledger: 'hean', clock });
  const { app } = await sampleApp(
    redis,
    [pointsRoutes(), supermarketRoutes(), kioskRoutes({ limiter, redis, ledger: 'hean' }), phoneCodeRoutes(), pairingRoutes({ limiter })],
    {
      clock,
      identity: [
        (req, res, next) => {
          if (req.get('x-demo')) res.locals['demo'] = true;
          const actor = people[req.get('x-as') ?? ''];
          if (actor) req.user = { id: actor.id, secondFactor: true } as Express.User;
          next();
        },
      ],
      actorOf: async (req) => (await kioskActor(req)) ?? people[req.get('x-as') ?? ''] ?? visitor,
    },
  );
  return app;
}

/** A paired kiosk of a shop, as its cookie. */
export async function kioskCookie(shop: string): Promise<string> {
  const { code } = await enrolKiosk(admin, { requestKey: requestKey(), shop, name: '3 号机' });
  return `kiosk=${encodeURIComponent(await pairKiosk(manager, { code: code ?? '' }))}`;
}

/** A browser that keeps its session and sends the tokens that pages print. */
export class Browser {
  readonly #agent;
  #token = '';

  constructor(
    app: Express,
    private readonly headers: Readonly<Record<string, string>>,
  ) {
    this.#agent = request.agent(app);
  }

  async get(path: string) {
    const answer = await this.#agent.get(path).set(this.headers);
    this.#token = /name="_csrf" value="([^"]+)"/.exec(answer.text)?.[1] ?? this.#token;
    return answer;
  }

  /** Posts a form and follows where it leads, as a browser does. */
  async post(path: string, fields: Record<string, string> = {}) {
    const answer = await this.#agent
      .post(path)
      .set(this.headers)
      .type('form')
      .send({ ...fields, _csrf: this.#token });
    return answer.status === 303 ? this.get(answer.headers['location'] ?? '/') : answer;
  }

  /** Posts without following. */
  send(path: string, fields: Record<string, string> = {}) {
    return this.#agent
      .post(path)
      .set(this.headers)
      .type('form')
      .send({ ...fields, _csrf: this.#token });
  }
}

/** The value of a hidden field. */
export function hidden(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
}
