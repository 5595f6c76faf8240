import type { Response } from 'express';
import { shanghaiDay } from '../../kernel/local-date';
import type { Translate } from '../../platform/i18n/translator';
import { isWaiting } from '../live-grants';
import type { User } from '../user.model';

/**
 * Shows a link once, as the answer to the form that made it. A form sent again after its link was used or replaced leads to the person
 * instead.
 */
export function showLink(res: Response, { user, path }: { user: User; path: string | undefined }, publicBaseUrl: string): void {
  if (path === undefined || !user.link) {
    res.redirect(303, `/people/${user._id}`);
    return;
  }
  const t = res.locals['t'] as Translate;
  const today = shanghaiDay(res.req.ctx.clock.now());
  res.setHeader('Cache-Control', 'no-store');
  res.render('identity/link-made', {
    layout: 'staff',
    id: user._id,
    name: user.nameMasked,
    purpose: user.link.purpose,
    waits: user.grants.some((grant) => isWaiting(grant, today)),
    link: `${publicBaseUrl}${path}`,
    note: t(`identity:linkMade.${user.link.purpose}Note`, { name: user.nameMasked }),
  });
}
