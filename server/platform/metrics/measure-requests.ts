import type { RequestHandler } from 'express';
import { histogram } from './metrics';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const durations = histogram({
  name: 'http_request_seconds',
  help: 'How long requests took, by the template of their route',
  labels: ['method', 'route', 'status'],
  buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
});

/** Measures each request until its answer is sent. What no route answers is one kind: whoever tries addresses makes no new series. */
export const measureRequests: RequestHandler = (req, res, next) => {
  const end = durations.startTimer();
  res.once('finish', () => {
    const route = (req.route as { path?: unknown } | undefined)?.path;
    end({
      method: methods.includes(req.method) ? req.method : 'other',
      route: typeof route === 'string' ? route : 'none',
      status: `${String(res.statusCode)[0]}xx`,
    });
  });
  next();
};
