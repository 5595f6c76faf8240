import type { Request } from 'express';
import { aidRoutes } from './aid';
import { nameAllowances } from './allowance-names';
import { auditRoutes } from './audit';
import { booksRoutes } from './books';
import { dashboardRoutes } from './dashboard';
import { donationsRoutes, oldestEventWaitsSeconds, prepareGiving } from './donations';
import { budgetRoutes, changeRoutes, fundsRoutes, paperRoutes } from './funds';
import { householdsById, householdsRoutes } from './households';
import { addToNavigation, allow, identityRoom, maskedNames, may, nameScopes, peopleCalled, scopeNames } from './identity';
import type { Context } from './kernel/context';
import { kioskActorOf, kioskRoutes, pairingRoutes, phoneCodeRoutes } from './kiosk';
import { documentLabels, documentsNumbered } from './ledger';
import { noticesRoutes } from './notices';
import { paymentsRoutes } from './payments';
import type { AppSetup } from './platform/http/create-app';
import { createLimiter } from './platform/http/rate-limit';
import type { Translate } from './platform/i18n/translator';
import { addGauge } from './platform/metrics/metrics';
import { countOwed } from './platform/outbox/relay-outbox';
import type { Boot } from './platform/process/run-process';
import { queueDepth } from './platform/queues/queue-depth';
import type { Redis } from './platform/redis/connection';
import { pointsRoutes } from './points';
import { reconciliationRoutes } from './reconciliation';
import { divisionFullName, divisionsWithin } from './regions';
import { reliefRoutes } from './relief';
import { namePlacesOfGrants } from './scope-places';
import { countProposalsToConfirm, labelOfSetting, settingsRoutes, typedWords } from './settings';
import { findShops, shopById, supermarketRoutes } from './supermarket';
import { transparencyRoutes } from './transparency';

/** What the rooms bring to the shell: their routes, and how it knows people and kiosks. */
export async function openRooms(boot: Boot, redis: Redis): Promise<Pick<AppSetup, 'rooms' | 'programs' | 'identity' | 'actorOf'>> {
  const { config, logger } = boot;
  const limiter = createLimiter({ redis, logger, ledger: config.ledger });
  const identity = identityRoom({ ...boot, redis, ...(config.footer && { helpPhone: config.footer['zh-CN'].phone }) });
  const kioskActor = kioskActorOf({ ...boot, ledger: config.ledger });
  addStaffPages();
  nameHouseholdsAndShops();
  namePlacesOfGrants();
  nameAllowances();
  addGauge({
    name: 'queue_jobs',
    help: 'Jobs of the work queue by state',
    label: 'state',
    read: () => queueDepth(redis, config.ledger),
  });
  addGauge({ name: 'outbox_waiting', help: 'Messages that are owed and not yet handed to the queue', read: () => countOwed(config) });
  addGauge({
    name: 'webhook_oldest_waiting_seconds',
    help: 'For how long the oldest event of the payment provider has waited to be dealt with; grows while the worker is away',
    read: () => oldestEventWaitsSeconds({ ledger: config.ledger, clock: boot.clock }),
  });
  return {
    programs: identity.programs,
    identity: identity.shell.middleware,
    actorOf: async (req: Request) => (await kioskActor(req)) ?? identity.shell.actorOf(req),
    rooms: [
      ...identity.routes,
      booksRoutes(),
      dashboardRoutes(),
      settingsRoutes({ allow, may, namesOf: maskedNames, places: countyPlaces, placeName: divisionFullName }),
      auditRoutes(allow('audit.read'), auditNames),
      ...donationsRoutes({ giving: await prepareGiving(config), publicBaseUrl: config.publicBaseUrl, limiter, demo: config.demo }),
      fundsRoutes(),
      changeRoutes(config),
      budgetRoutes(config),
      paperRoutes(config),
      transparencyRoutes(),
      pointsRoutes(),
      supermarketRoutes(),
      householdsRoutes(),
      reliefRoutes(),
      noticesRoutes({ publicBaseUrl: config.publicBaseUrl }),
      paymentsRoutes(config),
      ...reconciliationRoutes(config),
      aidRoutes(config),
      kioskRoutes({ limiter, redis, ledger: config.ledger }),
      phoneCodeRoutes(),
      pairingRoutes({ limiter }),
    ],
  };
}

/** What the audit pages call people and documents; each room names its own documents in the ledger's registry. */
const auditNames = {
  actors: maskedNames,
  people: peopleCalled,
  numbered: documentsNumbered,
  subjects: async (ctx: Context, t: Translate, subjects: readonly { type: string; id: string }[]) => {
    const people = await maskedNames(
      ctx,
      subjects.filter(({ type }) => type === 'user').map(({ id }) => id),
    );
    const named = new Map([...people].map(([id, text]) => [`user/${id}`, { text, href: `/people/${id}` }]));
    const settings = subjects.filter(({ type }) => type === 'setting').map(({ id }) => [`setting/${id}`, labelOfSetting(t, id)] as const);
    return new Map([...named, ...settings, ...(await documentLabels(ctx, subjects))]);
  },
  scopes: scopeNames,
  settingValue: typedWords,
};

function countyPlaces(ctx: Context): readonly { code: string; name: string }[] {
  const [county] = ctx.actor.grants.map(({ scope }) => scope.slice(0, 6));
  return divisionsWithin(county ?? '').map(({ code }) => ({ code, name: divisionFullName(code, ctx.locale) }));
}

/** Pages of rooms that lie below the navigation. */
function addStaffPages(): void {
  addToNavigation({ group: 'books', href: '/ledger', icon: 'book-2', label: 'books:ledger', permission: 'ledger.read', rank: 10 });
  addToNavigation({ group: 'books', href: '/audit', icon: 'history', label: 'audit:title', permission: 'audit.read', rank: 30 });
  addToNavigation({
    group: 'manage',
    href: '/settings',
    icon: 'adjustments-horizontal',
    label: 'settings:title',
    permission: 'settings.read',
    rank: 20,
    count: async (ctx) => (may(ctx.actor, 'settings.confirm') ? countProposalsToConfirm(ctx) : 0),
  });
}

/** What the pages of people call the shop of a clerk and the household of a member, without a name in full. */
function nameHouseholdsAndShops(): void {
  nameScopes({
    roles: ['shopClerk'],
    names: async (ctx, ids) => {
      const shops = await Promise.all(ids.map((id) => shopById(ctx, id)));
      return new Map(shops.flatMap((shop) => (shop ? [[shop._id, shop.name] as const] : [])));
    },
    choices: async (ctx) => (await findShops(ctx)).map(({ _id, name }) => ({ id: _id, name })),
  });
  nameScopes({
    roles: ['household'],
    names: async (ctx, ids) => {
      const found = await householdsById(ctx, ids);
      return new Map([...found].map(([id, { village }]) => [id, divisionFullName(village, ctx.locale)]));
    },
  });
}
