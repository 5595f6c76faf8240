import { readdirSync } from 'node:fs';
import type { Request } from 'express';
import zhStates from '../../locales/zh-CN/states.json';
import { chipFamilies } from '../../server/platform/views/mark-helpers';
import { householdNav, staffNav } from './sample-nav';
import { queueRows } from './sample-rows';

/** The pages of the pattern book: one template each. */
export const patternPages = readdirSync('views/pattern-book')
  .map((file) => file.replace('.hbs', ''))
  .filter((name) => name !== 'index');

const layouts: Readonly<Record<string, string>> = {
  queue: 'staff',
  case: 'staff',
  batch: 'staff',
  points: 'household',
  aid: 'household',
  deed: 'household',
  'notice-a4': 'print',
};

/** The layout that a sample page stands in. */
export function layoutOf(page: string): string {
  return page.startsWith('kiosk-') ? 'kiosk' : (layouts[page] ?? 'public');
}

/** What the shell puts into `res.locals`. */
export function sampleLocals(req: Request): Record<string, unknown> {
  const english = req.query['lang'] === 'en';
  return {
    csrfToken: 'sample',
    demo: true,
    countyName: english ? "He'an County" : '和安县',
    path: req.originalUrl,
    largeText: req.query['text'] === 'large',
    footer: {
      operator: '和安县民政局',
      auditor: '和安诚信会计师事务所',
      address: '和安县安宁镇人民路 18 号',
      phone: '0310-555-0123',
      hours: '工作日 8:30–17:30',
      email: 'jiandu@hean.example',
      checkpoint: { entries: 48_213, at: new Date('2026-11-24T01:45:00Z'), href: '/log' },
    },
  };
}

/** What a room's route would add. */
export function sampleOf(page: string): Record<string, unknown> {
  const layout = layoutOf(page);
  if (layout === 'kiosk') return { shopName: '柳树村暖心超市', mainClass: kioskClasses[page] };
  if (layout === 'staff') return { ...staff, rows: queueRows };
  if (layout === 'household') return household[page] ?? {};
  return (publicPages[page] ?? {}) as Record<string, unknown>;
}

const kioskClasses: Readonly<Record<string, string>> = {
  'kiosk-wake': 'centre',
  'kiosk-me': 'centre',
  'kiosk-pin': 'centre',
  'kiosk-done': 'centre',
  'kiosk-tablet': 'sides',
};
const staff = { person: { name: '陈*华', role: '基金管理员' }, nav: staffNav, reach: '和安县 · 全县', unread: 3 };
const person = { name: '张*明', role: '困难家庭' };
const household: Readonly<Record<string, Record<string, unknown>>> = {
  points: { person, reach: '柳树村', nav: householdNav('/points') },
  aid: { person, reach: '河湾村', nav: householdNav('/aid') },
  deed: { backHref: '/points' },
};
const publicPages: Readonly<Record<string, unknown>> = {
  home: { fullWidth: true, mainClass: 'home' },
  'sign-in': { bare: true },
  states: {
    words: Object.fromEntries(
      chipFamilies.map((family) => [family, Object.values(zhStates[family]).filter((word) => !word.includes('{'))]),
    ),
    issues: [
      { path: 'card', code: 'card-number' },
      { path: 'amount', code: 'amount-too-large', params: { maxFen: 500_000 } },
    ],
  },
};
