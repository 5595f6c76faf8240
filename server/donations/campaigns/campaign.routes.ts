import type { Response } from 'express';
import { addToNavigation, allow, demoSigningCode, may } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { open } from '../../platform/http/guard';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import type { Campaign } from './campaign.model';
import {
  campaignFilters,
  campaignRef,
  changeCampaignInput,
  confirmProposalInput,
  declineProposalInput,
  draftCampaignInput,
  editDraftInput,
  openCampaignInput,
  stopCampaignInput,
} from './campaigns.inputs';
import { confirmProposal } from './confirm-proposal';
import { draftCampaign, dropCampaign, editDraft } from './draft-campaign';
import { countCampaignWork } from './find-campaigns';
import { openCampaign } from './open-campaign';
import { declineProposal, proposeChange, proposeStop } from './propose-change';
import { publicCampaign, publicCampaigns } from './public-campaign-pages';
import { campaignPage, campaignsPage, changePage, draftForm, newCampaignForm } from './staff-campaign-pages';

const layout = 'staff';
const everybody = open('anybody may give');
type Again = (req: Incoming<string>, res: Response, returned: Returned) => Promise<void>;
const words = (res: Response) => res.locals['t'] as Translate;
const shown = {
  method: 'post',
  page: (res: Response, { number }: Campaign) => res.redirect(303, `/donations/campaigns/${number}`),
  answer: {
    status: 201,
    description: 'The campaign',
    schema: z.object({ number: z.string(), state: z.string(), goalFen: z.int() }).openapi('Campaign'),
    from: ({ number, state, goalFen }: Campaign) => ({ number, state: state.name, goalFen }),
  },
} as const;

/** Public appeals: drafted and opened by two managers, changed and stopped by two, seen by everybody on their days. */
export function campaignRoutes({ demo }: { demo: boolean }): Routes {
  const room = routes();
  const [read, manage] = [allow('gift.read'), allow('fund.recordPapers')];
  addToNavigation({
    group: 'giving',
    href: '/donations/campaigns',
    icon: 'broadcast',
    label: 'donations:campaign.title',
    permission: 'gift.read',
    rank: 17,
    count: async (ctx) => (may(ctx.actor, 'fund.recordPapers') ? countCampaignWork(ctx) : 0),
  });

  room.get('/campaigns', everybody, async (req, res) =>
    res.render('donations/public-campaigns', { campaigns: await publicCampaigns(req.ctx, words(res)) }),
  );
  room.get('/campaigns/:number', everybody, async (req, res) => {
    const { number } = parseInput(campaignRef, req.params);
    res.render('donations/public-campaign', await publicCampaign(req.ctx, words(res), number));
  });

  const onePage = async (req: Pick<Incoming<string>, 'ctx'>, res: Response, number: string) => ({
    layout,
    ...(await campaignPage(req.ctx, words(res), number)),
    demoCode: demo ? await demoSigningCode(req.ctx) : undefined,
  });
  const again: Again = async (req, res, returned) =>
    renderForm(res, 'donations/campaign', await onePage(req, res, numberOf(req)), returned);

  room.get('/donations/campaigns', read, async (req, res) => {
    const page = await campaignsPage(req.ctx, words(res), filtersOf(campaignFilters, req));
    res.render('donations/campaigns', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });
  addDrafts(room); // `new` is no number
  room.get('/donations/campaigns/:number', read, async (req, res) => {
    const { number } = parseInput(campaignRef, req.params);
    res.render('donations/campaign', await onePage(req, res, number));
  });
  both(room, {
    ...shown,
    path: '/donations/campaigns/:number/openings',
    guard: manage,
    summary: 'Opens a campaign to the public with a fresh code, when certificate and filed plan hold on all its days',
    input: openCampaignInput,
    act: openCampaign,
    showAgain: again,
  });
  addProposals(room, again);
  both(room, {
    ...shown,
    path: '/donations/campaigns/:number/droppings',
    guard: manage,
    summary: 'Lets a draft go',
    input: campaignRef,
    act: dropCampaign,
    showAgain: again,
  });
  return room;
}

/** A draft is written, and written anew until somebody else opens it. */
function addDrafts(room: Routes): void {
  const manage = allow('fund.recordPapers');
  const view = 'donations/campaign-form';
  const keyOf = (form: { requestKey: string }, { values }: Returned) => values['requestKey'] ?? form.requestKey;
  room.get('/donations/campaigns/new', manage, async (req, res) =>
    res.render(view, { layout, ...(await newCampaignForm(req.ctx, words(res))) }),
  );
  both(room, {
    ...shown,
    path: '/donations/campaigns',
    guard: manage,
    summary: 'Drafts a campaign with goal, days, purpose and the papers on which it stands',
    input: draftCampaignInput,
    act: draftCampaign,
    showAgain: async (req, res, returned) => {
      const form = await newCampaignForm(req.ctx, words(res));
      renderForm(res, view, { layout, ...form, requestKey: keyOf(form, returned) }, returned);
    },
  });
  room.get('/donations/campaigns/:number/draft', manage, async (req, res) => {
    const { number } = parseInput(campaignRef, req.params);
    res.render(view, { layout, ...(await draftForm(req.ctx, words(res), number)) });
  });
  both(room, {
    ...shown,
    path: '/donations/campaigns/:number/draft',
    guard: manage,
    summary: 'Writes a draft anew, with the papers that are there by now; its last writer cannot open it',
    input: editDraftInput,
    act: editDraft,
    showAgain: async (req, res, returned) => {
      const form = await draftForm(req.ctx, words(res), numberOf(req));
      renderForm(res, view, { layout, ...form, requestKey: keyOf(form, returned) }, returned);
    },
  });
}

/** An open campaign is changed, or stopped before its last day, by two persons. */
function addProposals(room: Routes, again: Again): void {
  const manage = allow('fund.recordPapers');
  const changeForm = async (req: Pick<Incoming<string>, 'ctx'>, res: Response, number: string) => ({
    layout,
    ...(await changePage(req.ctx, words(res), number)),
  });
  room.get('/donations/campaigns/:number/changes/new', manage, async (req, res) => {
    const { number } = parseInput(campaignRef, req.params);
    res.render('donations/campaign-change', await changeForm(req, res, number));
  });
  both(room, {
    ...shown,
    path: '/donations/campaigns/:number/changes',
    guard: manage,
    summary: 'Proposes other words, another goal or another last day for an open campaign; its purpose and papers stay',
    input: changeCampaignInput,
    act: proposeChange,
    showAgain: async (req, res, returned) => {
      const form = await changeForm(req, res, numberOf(req));
      renderForm(res, 'donations/campaign-change', { ...form, requestKey: returned.values['requestKey'] ?? form.requestKey }, returned);
    },
  });
  both(room, {
    ...shown,
    path: '/donations/campaigns/:number/stops',
    guard: manage,
    summary: 'Proposes to end an open campaign before its last day, with a reason that everybody reads',
    input: stopCampaignInput,
    act: proposeStop,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/donations/campaigns/:number/confirmations',
    guard: manage,
    summary: 'Confirms with a fresh code what another person has proposed for an open campaign',
    input: confirmProposalInput,
    act: confirmProposal,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/donations/campaigns/:number/refusals',
    guard: manage,
    summary: 'Declines what was proposed for an open campaign, or takes it back',
    input: declineProposalInput,
    act: declineProposal,
    showAgain: again,
  });
}

function numberOf(req: Incoming<string>): string {
  return String(Object(req.params)['number']);
}
