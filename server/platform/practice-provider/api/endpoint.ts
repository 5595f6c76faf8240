import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { randomId } from '../../../kernel/random';
import { sameSecret } from '../../crypto/same-secret';
import { catchUp } from '../catch-up';
import type { Practice } from '../practice';
import { expanded } from './expand';
import { type Answer, onceForKey } from './idempotency';
import { ApiRefusal } from './refusals';

/** What an endpoint is given: path parameters, and the parameters of query or body, still unread. */
export interface ApiRequest {
  id: string;
  given: unknown;
}

/** The answer of an endpoint, and the paths to expand in it. */
export interface ApiAnswer {
  answer: object;
  expand?: readonly string[] | undefined;
}

/** Serves one endpoint: what is due first, then once per idempotency key, and the state is kept before the answer goes out. */
export function endpoint(practice: Practice, act: (request: ApiRequest) => ApiAnswer): RequestHandler {
  return async (req, res) => {
    catchUp(practice);
    const run = () => answered(practice, act, req);
    const key = req.method === 'POST' ? req.get('idempotency-key') : undefined;
    const asked = { method: req.method, path: req.path, body: req.body as unknown };
    const { status, body, replayed } = key ? onceForKey(practice, key, asked, run) : { ...run(), replayed: false };

    await practice.file.save(practice.state);
    if (replayed) res.set('idempotent-replayed', 'true');
    res.status(status).json(body);
  };
}

function answered(practice: Practice, act: (request: ApiRequest) => ApiAnswer, req: Request): Answer {
  const given: unknown = req.method === 'GET' ? req.query : req.body;
  const { answer, expand } = act({ id: String(req.params['id'] ?? ''), given });
  return { status: 200, body: expanded(practice, answer, expand ?? []) };
}

/** Gives each answer the id under which the provider could be asked about it. */
export function requestIds(practice: Practice): RequestHandler {
  return (_req, res, next) => {
    res.set('request-id', randomId(practice.random, 'req'));
    next();
  };
}

/** Lets in who shows the secret key. */
export function bearer(secretKey: string): RequestHandler {
  return (req, _res, next) => {
    const shown = /^Bearer (\S+)$/.exec(req.get('authorization') ?? '')?.[1] ?? '';
    if (!sameSecret(shown, secretKey)) {
      throw new ApiRefusal(401, { type: 'invalid_request_error', message: 'Invalid API key provided.' });
    }
    next();
  };
}

/** A path that is not practised. */
export const unknownPath: RequestHandler = (req) => {
  throw new ApiRefusal(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${req.method}: ${req.path}).` });
};

/** Refusals as the API writes them; a body that cannot be read is one, too. Other faults go on to Express. */
export const refusalsAsJson: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof ApiRefusal) return void res.status(error.status).json({ error: error.body });
  if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500) {
    return void res.status(error.status).json({ error: { type: 'invalid_request_error', message: 'The request could not be read.' } });
  }
  next(error);
};
