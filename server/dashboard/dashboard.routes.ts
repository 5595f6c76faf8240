import type { Response } from 'express';
import { addToNavigation, allow } from '../identity';
import { filtersOf } from '../platform/http/list-url';
import { type Routes, routes } from '../platform/http/routes';
import { z } from '../platform/validation/zod';
import { frameOf } from '../platform/views/frame';
import { searchTarget } from './search-target';

const searchInput = z.object({ q: z.string().max(80).default('') });

/** The workbench: what waits for the person, and the way to everything else. */
export function dashboardRoutes(): Routes {
  const room = routes();
  const staff = allow('workbench.read');
  addToNavigation({
    group: 'top',
    href: '/workbench',
    icon: 'layout-list',
    label: 'dashboard:workbench',
    permission: 'workbench.read',
    rank: 1,
  });

  room.get('/workbench', staff, async (_req, res) => {
    const { nav = [] } = await frameOf(res);
    const pages = nav.flatMap(({ items }) => items).filter(({ href }) => href !== '/workbench');
    const waiting = pages.filter(({ count }) => count);
    res.render('dashboard/workbench', {
      layout: 'staff',
      waiting,
      total: waiting.reduce((sum, { count = 0 }) => sum + count, 0),
      others: pages.filter(({ count }) => !count),
    });
  });

  room.get('/search', staff, async (req, res: Response) => {
    const { q } = filtersOf(searchInput, req);
    const isAsked = q.trim() !== '';
    const target = isAsked ? await searchTarget(req.ctx, q) : undefined;
    if (target) return res.redirect(303, target);
    res.render('dashboard/search', { layout: 'staff', q, isAsked });
  });

  room.get('/shortcuts', staff, (_req, res) => res.render('dashboard/shortcuts', { layout: 'staff' }));
  return room;
}
