import type { Express } from 'express';
import type { Actor } from '../../server/kernel/context';
import { AppError } from '../../server/kernel/errors';
import { visitor } from '../../server/platform/http/create-app';
import { guarded } from '../../server/platform/http/guard';
import type { Redis } from '../../server/platform/redis/connection';
import { divisionFullName, divisionsWithin } from '../../server/regions';
import { type SettingsNeeds, settingsRoutes } from '../../server/settings';
import { sampleApp } from '../platform/support/sample-app';
import { admin, clock, manager, person } from './sample-settings';

const auditor = person('usr_auditor', 'auditor');
const people: Record<string, Actor> = { admin: admin.actor, manager: manager.actor, auditor: auditor.actor };
const holders: Record<string, readonly string[]> = {
  'settings.read': ['usr_admin', 'usr_manager', 'usr_auditor'],
  'settings.propose': ['usr_admin'],
  'settings.confirm': ['usr_manager'],
};

/** Stands in for identity: the cookie `who` names the person. */
const needs: SettingsNeeds = {
  allow: (permission) =>
    guarded(permission, (req, _res, next) => next(needs.may(req.ctx.actor, permission) ? undefined : new AppError('access.denied'))),
  may: (actor, permission) => holders[permission]?.includes(actor.id) ?? false,
  namesOf: async (_ctx, ids) => new Map(ids.map((id) => [id, { usr_admin: '杨*军', usr_manager: '陈*华' }[id] ?? id])),
  places: (ctx) => divisionsWithin('130499').map(({ code }) => ({ code, name: divisionFullName(code, ctx.locale) })),
  placeName: divisionFullName,
};

/** The pages of settings as the county has them, without signing in. */
export async function settingsApp(redis: Redis): Promise<Express> {
  const { app } = await sampleApp(redis, [settingsRoutes(needs)], {
    clock,
    actorOf: (req) => people[/(?:^|; )who=(\w+)/.exec(req.get('cookie') ?? '')?.[1] ?? ''] ?? visitor,
  });
  return app;
}
