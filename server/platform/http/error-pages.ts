import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from 'express';
import { AppError } from '../../kernel/errors';
import type { Translate } from '../i18n/translator';
import type { Logger } from '../logging/logger';
import type { PageLocals } from '../views/locals';
import { asAppError, isPassing } from './as-app-error';
import { problemOf } from './problem';
import { asksForJson, asksForPart } from './request';
import { methodsOf, pageAbove } from './route-table';

const retryAfterS = 5;

/**
 * Stands behind all routes: what comes here is no page, or is asked for in a way it does not answer to. A browser that opens the address
 * of a form, as after a refused one, is led to the page that it stands on.
 */
export const noSuchPage: RequestHandler = (req, res, next) => {
  const methods = methodsOf(req.app as Express, req.path);
  if (methods.length === 0) return next(new AppError('not-found'));
  if (req.method === 'GET' && isBrowser(req)) {
    const person = res.locals['person'] as PageLocals['person'];
    return res.redirect(303, pageAbove(req.app as Express, req.path) ?? person?.home ?? '/');
  }
  res.setHeader('Allow', methods.join(', '));
  next(new AppError('method-not-allowed'));
};

/** Says that it wants pages, as only browsers do, and not a part of one. */
function isBrowser(req: Request): boolean {
  return Boolean(req.get('accept')?.includes('text/html')) && !asksForJson(req) && !asksForPart(req);
}

/**
 * Answers every error: a page in the person's language, problem+json for programs. What the caller did not cause is logged and
 * answered with 500 and the request's number, never with its own text.
 */
export function errorPages(logger: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const known = asAppError(error);
    if (!known || isPassing(error)) (req.log ?? logger).error({ err: error, requestId: req.id }, 'a request failed');
    if (res.headersSent) return next(error); // Express cuts the connection, so that half an answer is not taken for a whole one
    const status = known?.status ?? 500;
    res.status(status);
    res.setHeader('Cache-Control', 'no-store');
    const wait = status === 503 ? retryAfterS : known?.details['retryAfterS'];
    if (wait !== undefined) res.setHeader('Retry-After', String(wait));
    if (asksForJson(req)) answerJson(known, req, res);
    else answerPage(known, req, res, logger);
  };
}

/** Where a refused person goes on: the page that led here, else the nearest page above; nothing where that is only this one again. */
function wayBack(req: Request, home: string | undefined): string | undefined {
  return pageBefore(req) ?? pageAbove(req.app as Express, req.path) ?? home;
}

/** The address on this site that a browser says it comes from. */
function pageBefore(req: Request): string | undefined {
  const referer = req.get('referer') ?? '';
  if (!URL.canParse(referer)) return undefined;
  const { host, pathname, search } = new URL(referer);
  const isOther = host !== req.get('host') || pathname.startsWith('//'); // which a browser reads as another host
  return isOther || pathname === req.path || pathname === '/sign-in' ? undefined : `${pathname}${search}`;
}

function answerJson(error: AppError | undefined, req: Request, res: Response): void {
  const t = res.locals['t'] as Translate;
  const requestId = String(req.id);
  const unknown = {
    type: 'urn:warm-heart:fault',
    title: t('errors:page.fault'),
    status: 500,
    code: 'fault',
    requestId,
    details: {},
    errors: [],
  };
  res.type('application/problem+json').send(JSON.stringify(error ? problemOf(error, t, requestId) : unknown));
}

function answerPage(error: AppError | undefined, req: Request, res: Response, logger: Logger): void {
  const person = res.locals['person'] as PageLocals['person'];
  const page = {
    ...(error && person && { layout: person.layout }), // a fault of ours may lie in the layout: it has the plain one
    code: error?.code ?? 'fault',
    status: res.statusCode,
    details: error?.details ?? {},
    issues: error?.issues ?? [],
    backHref: error && wayBack(req, person?.home),
    requestId: String(req.id),
    ...(asksForPart(req) && { layout: false }),
  };
  res.render('errors/error', page, (fault: Error | null, html?: string) => {
    if (!fault) return res.send(html);
    logger.error({ err: fault, requestId: req.id }, 'the error page failed');
    res.type('text/plain').send(`${res.statusCode} ${String(req.id)}`); // the least that always works, in every language
  });
}
