import type { Response } from 'express';
import { both } from '../platform/http/both';
import { type Returned, renderForm } from '../platform/http/form';
import { filtersOf, listUrl } from '../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { z } from '../platform/validation/zod';
import { confirmSetting } from './confirm-setting';
import { declineSetting, withdrawSetting } from './decline-setting';
import { listPage } from './list-page';
import { proposeSetting } from './propose-setting';
import { settingPage } from './setting-page';
import type { SettingVersion } from './setting-version.model';
import { settingHistory, settingHistoryView, settingList, settingListView, settingVersionView, versionOf } from './settings.api';
import { confirmSettingInput, declineSettingInput, proposeSettingInput, settingFilters } from './settings.inputs';
import type { SettingsNeeds } from './settings-needs';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const named = z.object({ name: z.string().max(200) }); // what is no number is simply not there

/** Every number of policy: the list, each with its history, and the two acts that change one; the same as JSON. */
export function settingsRoutes(needs: SettingsNeeds): Routes {
  const room = routes();
  const [read, propose, confirm] = [needs.allow('settings.read'), needs.allow('settings.propose'), needs.allow('settings.confirm')];

  room.get('/settings', read, async (req, res) => {
    const hrefOf = (view: string) => listUrl(req, { view });
    res.render('settings/list', { layout, ...(await listPage(req.ctx, words(res), filtersOf(settingFilters, req), hrefOf)) });
  });

  room.get('/settings/:name', read, async (req, res) => {
    const { name } = parseInput(named, req.params);
    res.render('settings/setting', { layout, ...(await settingPage(req.ctx, words(res), needs, name)) });
  });

  room.get('/api/v1/settings', read, async (req, res) => res.json(settingListView.parse(await settingList(req.ctx))));
  room.describe({
    method: 'get',
    path: '/api/v1/settings',
    summary: 'Every number of policy with what is in force today and what is proposed',
    guard: read.guard,
    answer: { status: 200, description: 'All numbers', schema: settingListView },
  });

  room.get('/api/v1/settings/:name', read, async (req, res) => {
    const { name } = parseInput(named, req.params);
    res.json(settingHistoryView.parse(await settingHistory(req.ctx, name)));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/settings/:name',
    summary: 'One number with all its versions',
    guard: read.guard,
    input: named,
    answer: { status: 200, description: 'The number', schema: settingHistoryView },
  });

  const showAgain = async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) => {
    const { name } = parseInput(named, req.params);
    renderForm(res, 'settings/setting', { layout, ...(await settingPage(req.ctx, words(res), needs, name)) }, returned);
  };
  const page = (res: Response, version: SettingVersion) => res.redirect(303, `/settings/${version.name}`);
  const answer = { status: 201, description: 'The version', schema: settingVersionView, from: versionOf } as const;

  both(room, {
    method: 'post',
    path: '/settings/:name/proposals',
    guard: propose,
    summary: 'Proposes a new version of a number',
    input: proposeSettingInput,
    act: proposeSetting,
    page,
    showAgain,
    answer,
  });

  both(room, {
    method: 'post',
    path: '/settings/:name/proposals/:id/confirmations',
    guard: confirm,
    summary: 'Confirms a proposal of somebody else: it counts from its first day on',
    input: confirmSettingInput,
    act: confirmSetting,
    page,
    showAgain,
    answer,
  });

  both(room, {
    method: 'post',
    path: '/settings/:name/proposals/:id/refusals',
    guard: confirm,
    summary: 'Declines a proposal, with a reason',
    input: declineSettingInput,
    act: declineSetting,
    page,
    showAgain,
    answer,
  });

  both(room, {
    method: 'post',
    path: '/settings/:name/proposals/:id/withdrawals',
    guard: propose,
    summary: 'Takes back one’s own proposal, with a reason',
    input: declineSettingInput,
    act: withdrawSetting,
    page,
    showAgain,
    answer,
  });

  return room;
}
