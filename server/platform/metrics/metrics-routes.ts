import type { Request } from 'express';
import { AppError } from '../../kernel/errors';
import type { Config } from '../config/config';
import { sameSecret } from '../crypto/same-secret';
import { type Guard, guarded } from '../http/guard';
import { type Routes, routes } from '../http/routes';
import { metricsText } from './metrics';

/** `/metrics`, for Prometheus. */
export function metricsRoutes(config: Pick<Config, 'metricsToken'>): Routes {
  const room = routes();
  room.get('/metrics', allowOperator(config), async (_req, res) => {
    const { type, text } = await metricsText();
    res.setHeader('Cache-Control', 'no-store');
    res.type(type).send(text);
  });
  return room;
}

/** Whoever has the token of the settings; without one in the settings, only this machine itself. To others there is no such page. */
function allowOperator({ metricsToken }: Pick<Config, 'metricsToken'>): Guard {
  const isOperator = metricsToken === undefined ? isFromHere : (req: Request) => sameSecret(bearerOf(req), metricsToken);
  return guarded('operator', (req, _res, next) => next(isOperator(req) ? undefined : new AppError('not-found')));
}

/** A proxy on this machine speaks for others, and says so. */
function isFromHere(req: Request): boolean {
  const isForwarded = ['x-forwarded-for', 'forwarded', 'via'].some((name) => req.get(name) !== undefined);
  return !isForwarded && /^(?:::ffff:)?127\.|^::1$/.test(req.socket.remoteAddress ?? '');
}

function bearerOf(req: Request): string {
  return /^Bearer +(\S+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? '';
}
