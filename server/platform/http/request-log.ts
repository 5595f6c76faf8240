import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Random } from '../../kernel/random';
import { randomId } from '../../kernel/random';
import { describeError, type Logger } from '../logging/logger';

const quietPaths = /^\/(css|img|js|healthz|readyz)(\/|$|\?)/;

/**
 * Gives each request a number, which answers carry as `X-Request-Id` and error pages show, and logs it when it ends: method, path
 * without query (a search may hold a name), status, duration.
 */
export function requestLog(logger: Logger, random: Random): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: (_req, res) => {
      const id = randomId(random, 'req');
      res.setHeader('X-Request-Id', id);
      return id;
    },
    autoLogging: { ignore: (req: IncomingMessage) => quietPaths.test(req.url ?? '') },
    wrapSerializers: false, // wrapped, an error arrives as a plain copy, and its type, text and stack are lost
    customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'error' : 'info'),
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({ id, method, path: url.split('?')[0] }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
      err: describeError,
    },
  });
}
