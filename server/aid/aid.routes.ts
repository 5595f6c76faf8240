import type { Response } from 'express';
import { tellNeeds } from '../funds';
import { showCasesOfHouseholds } from '../households';
import { addToNavigation, allow, type DemoCode, demoSigningCode } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { readNumber } from '../ledger';
import { both } from '../platform/http/both';
import { type Returned, renderForm } from '../platform/http/form';
import { filtersOf, listUrl } from '../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { aidCasesView, aidCaseView, caseOf } from './aid.api';
import {
  appraisalInput,
  approvalInput,
  caseFilters,
  caseRef,
  postAidNoticeInput,
  reasonInput,
  requestAidInput,
  reviewInput,
  surveyInput,
} from './aid.inputs';
import { nameAidInLedger } from './aid.labels';
import type { AidCase } from './aid-case.model';
import { approveCase } from './approve-case';
import { approvalList, approvalListInput, approveSeveral, approveSeveralInput } from './approve-several';
import { cancelCase } from './cancel-case';
import { casePage } from './case-page';
import { casesOfHousehold } from './cases-of-household';
import { findCaseByNumber, findCaseOrThrow } from './find-cases';
import { countMine, findQueue } from './find-queue';
import { needsOfCases } from './needs-of-cases';
import { ownAidPage } from './own-aid-page';
import { postAidNotice } from './post-aid-notice';
import { queuePage } from './queue-page';
import { recordAppraisal } from './record-appraisal';
import { recordSurvey } from './record-survey';
import { requestAid } from './request-aid';
import { requestPage } from './request-page';
import { reviewCase } from './review-case';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;

/**
 * Cases of aid: the queue, the case with its one next form, the family's own page; the same acts as JSON. In a demonstration (`demo`) the
 * code of who signs stands beside its field.
 */
export function aidRoutes({ demo }: { demo: boolean }): Routes {
  const room = routes();
  const read = allow('aid.read');
  const beside: Beside = async (ctx) => ({ layout, demoCode: demo ? await demoSigningCode(ctx) : undefined });
  nameAidInLedger();
  tellNeeds('aid', needsOfCases);
  showCasesOfHouseholds(casesOfHousehold);
  addToNavigation({
    group: 'help',
    href: '/aid/cases',
    icon: 'heart-handshake',
    label: 'aid:title',
    permission: 'aid.read',
    rank: 20,
    count: countMine,
  });
  addToNavigation({ group: 'top', href: '/my/aid', icon: 'heart-handshake', label: 'aid:own.title', permission: 'own.read', rank: 20 });

  room.get('/aid/cases', read, async (req, res) => {
    const hrefOf = (view: string) => listUrl(req, { view });
    const page = await queuePage(req.ctx, words(res), filtersOf(caseFilters, req), hrefOf);
    res.render('aid/queue', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });

  room.get('/aid/cases/:id', read, async (req, res) => {
    const { id } = req.params;
    if (!caseRef.safeParse({ id }).success) return res.redirect(303, `/aid/cases/${await idOfNumber(req.ctx, id)}`);
    res.render('aid/case', { ...(await casePage(req.ctx, words(res), id)), ...(await beside(req.ctx)) });
  });

  room.get('/my/aid', allow('own.read'), async (req, res) => {
    res.render('aid/own', { layout: 'household', ...(await ownAidPage(req.ctx, words(res))) });
  });

  room.get('/households/:household/aid-requests', allow('aid.request'), async (req, res) => {
    res.render('aid/request', { layout, ...(await requestPage(req.ctx, words(res), req.params.household)) });
  });

  room.get('/api/v1/aid/cases', read, async (req, res) => {
    const { rows, next } = await findQueue(req.ctx, filtersOf(caseFilters, req));
    res.json(aidCasesView.parse({ cases: rows.map(caseOf), ...(next && { next }) }));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/aid/cases',
    summary: 'Cases of aid within reach, late ones first',
    guard: read.guard,
    input: caseFilters,
    answer: { status: 200, description: 'A page of cases', schema: aidCasesView },
  });
  room.get('/api/v1/aid/cases/:id', read, async (req, res) => {
    const { id } = parseInput(caseRef, req.params);
    res.json(aidCaseView.parse(caseOf(await findCaseOrThrow(req.ctx, id))));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/aid/cases/:id',
    summary: 'One case of aid',
    guard: read.guard,
    input: caseRef,
    answer: { status: 200, description: 'The case', schema: aidCaseView },
  });

  // A list of ticked cases is a POST, so that no form token comes into an address; it only shows what would be signed.
  room.post('/aid/approval-lists', allow('aid.approve'), async (req, res) => {
    const { cases } = parseInput(approvalListInput, req.body);
    res.render('aid/approve-several', { ...(await approvalList(req.ctx, cases)), ...(await beside(req.ctx)) });
  });

  addActs(room, beside);
  return room;
}

/** The case that is called by its number, as it stands on papers. @throws `not-found` for any other text. */
async function idOfNumber(ctx: Context, typed: string): Promise<string> {
  const number = readNumber(typed);
  const found = number === undefined ? undefined : await findCaseByNumber(ctx, number);
  return found?._id ?? fail('not-found');
}

const answer = { status: 201, description: 'The case', schema: aidCaseView, from: caseOf } as const;
const toCase = (res: Response, { _id }: AidCase) => res.redirect(303, `/aid/cases/${_id}`);

type Beside = (ctx: Context) => Promise<{ layout: string; demoCode: DemoCode | undefined }>;

function addActs(room: Routes, beside: Beside): void {
  const shown = { method: 'post', page: toCase, answer } as const;
  const again = async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) =>
    renderForm(
      res,
      'aid/case',
      { ...(await casePage(req.ctx, words(res), String(Object(req.params)['id']))), ...(await beside(req.ctx)) },
      returned,
    );

  both(room, {
    ...shown,
    path: '/aid/cases',
    guard: allow('aid.request'),
    summary: 'Requests a top-up for a household',
    input: requestAidInput,
    act: requestAid,
    showAgain: async (req, res, returned) => {
      const page = await requestPage(req.ctx, words(res), String(returned.values['household'] ?? ''));
      renderForm(res, 'aid/request', { layout, ...page }, returned);
    },
  });
  both(room, {
    ...shown,
    path: '/aid/cases/:id/visits',
    guard: allow('aid.assess'),
    summary: 'Records the visit of a household',
    input: surveyInput,
    act: recordSurvey,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/aid/cases/:id/appraisals',
    guard: allow('aid.assess'),
    summary: 'Records the appraisal meeting of the village',
    input: appraisalInput,
    act: recordAppraisal,
    showAgain: again,
  });
  both(room, {
    method: 'post',
    path: '/aid/notices',
    guard: allow('notice.post'),
    summary: 'Posts appraised cases on a public notice',
    input: postAidNoticeInput,
    act: postAidNotice,
    page: (res, cases) => res.redirect(303, cases.length === 1 ? `/aid/cases/${cases[0]?._id}` : '/aid/cases?view=notice'),
    answer: { status: 201, description: 'The cases', schema: aidCasesView, from: (cases) => ({ cases: cases.map(caseOf) }) },
  });
  both(room, {
    ...shown,
    path: '/aid/cases/:id/reviews',
    guard: allow('aid.review'),
    summary: 'Reviews a case after its notice, or sends it back, or refuses it',
    input: reviewInput,
    act: reviewCase,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/aid/cases/:id/approvals',
    guard: allow('aid.approve'),
    summary: 'Signs one approval of a case with a fresh code, or sends it back, or refuses it',
    input: approvalInput,
    act: approveCase,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/aid/cases/:id/cancellations',
    guard: allow('aid.cancel'),
    summary: 'Cancels a case; money that was reserved goes back to its gifts',
    input: reasonInput,
    act: cancelCase,
    showAgain: again,
  });
  both(room, {
    method: 'post',
    path: '/aid/approvals',
    guard: allow('aid.approve'),
    summary: 'Signs several cases with one code; each stands for itself',
    input: approveSeveralInput,
    act: approveSeveral,
    page: (res, outcome) => res.render('aid/approved', { layout, ...outcome }),
    showAgain: async (req, res, returned) => {
      const { cases } = parseInput(approvalListInput, returned.values);
      renderForm(res, 'aid/approve-several', { ...(await approvalList(req.ctx, cases)), ...(await beside(req.ctx)) }, returned);
    },
    answer: {
      status: 201,
      description: 'The cases that were signed',
      schema: aidCasesView,
      from: ({ done }) => ({ cases: done.map(caseOf) }),
    },
  });
}
