import type { RequestHandler } from 'express';
import type { Clock } from '../../kernel/clock';
import type { Locale } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import type { Config } from '../config/config';
import { lazyFormToken } from './form-token';

const oneYearMs = 365 * 86_400_000;

/** What every page finds in `res.locals` (see `views/locals.ts`); identity adds the person and the navigation. */
export function pageLocals(config: Pick<Config, 'demo' | 'countyName' | 'footer'>, clock: Clock): RequestHandler {
  return (req, res, next) => {
    const asked = req.query['text'];
    if (asked === 'large' || asked === 'normal') res.cookie('text', asked, { maxAge: oneYearMs, sameSite: 'lax', httpOnly: true });
    const locale = res.locals['locale'] as Locale;
    const isRemembered = /(?:^|;\s*)text=large(?:;|$)/.test(req.get('cookie') ?? '');
    Object.assign(res.locals, {
      csrfToken: lazyFormToken(req),
      demo: config.demo,
      countyName: config.countyName[locale],
      today: shanghaiDay(clock.now()),
      footer: config.footer?.[locale],
      path: req.originalUrl,
      largeText: asked === 'large' || (asked !== 'normal' && isRemembered),
    });
    next();
  };
}
