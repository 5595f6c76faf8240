import type { Response } from 'express';
import { addToNavigation, allow } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { filtersOf, listUrl } from '../../platform/http/list-url';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { approveMerge, declineMerge } from './decide-merge';
import type { DonorMerge } from './donor-merge.model';
import { donorPage, donorsPage } from './donor-pages';
import { countMergesToDecide, findMergeOrThrow } from './find-merges';
import { declineMergeInput, donorFilters, donorRef, mergeRef, proposeMergeInput } from './merges.inputs';
import { proposeMerge } from './propose-merge';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const answer = {
  status: 201,
  description: 'The merge',
  schema: z.object({ id: z.string(), from: z.string(), into: z.string(), state: z.string() }).openapi('DonorMerge'),
  from: ({ _id, from, into, state }: DonorMerge) => ({ id: _id, from, into, state: state.name }),
} as const;
const toDonor = (res: Response, { from }: DonorMerge) => res.redirect(303, `/donations/donors/${from}`);

/** Organisations that give as staff see them, and two records of one donor becoming one: proposed by one person, decided by another. */
export function mergeRoutes(): Routes {
  const room = routes();
  const [read, decide] = [allow('gift.read'), allow('donor.approveMerge')];
  addToNavigation({
    group: 'giving',
    href: '/donations/donors',
    icon: 'building-community',
    label: 'donations:merge.nav',
    permission: 'gift.read',
    rank: 16,
    count: countMergesToDecide,
  });

  room.get('/donations/donors', read, async (req, res) => {
    const page = await donorsPage(req.ctx, words(res), filtersOf(donorFilters, req));
    res.render('donations/donors', { layout, ...page, nextHref: page.next && listUrl(req, { after: page.next }) });
  });
  room.get('/donations/donors/:id', read, async (req, res) => {
    const { id } = parseInput(donorRef, req.params);
    res.render('donations/donor', { layout, ...(await donorPage(req.ctx, words(res), id)) });
  });
  both(room, {
    method: 'post',
    path: '/donations/donors/:id/merges',
    guard: allow('donor.proposeMerge'),
    summary: 'Proposes that this record of a donor goes into another one; another person decides',
    input: proposeMergeInput,
    act: proposeMerge,
    page: toDonor,
    showAgain: async (req, res, returned) => {
      const page = await donorPage(req.ctx, words(res), parseInput(donorRef, req.params).id);
      renderForm(res, 'donations/donor', { layout, ...page, requestKey: returned.values['requestKey'] ?? page.requestKey }, returned);
    },
    answer,
  });
  const again = async (req: Incoming<string>, res: Response, returned: Returned) => {
    const { from } = await findMergeOrThrow(req.ctx, parseInput(mergeRef, req.params).id);
    renderForm(res, 'donations/donor', { layout, ...(await donorPage(req.ctx, words(res), from)) }, returned);
  };
  both(room, {
    method: 'post',
    path: '/donations/donor-merges/:id/approval',
    guard: decide,
    summary: 'Approves a merge of two records, as the second person',
    input: mergeRef,
    act: approveMerge,
    page: toDonor,
    showAgain: again,
    answer,
  });
  both(room, {
    method: 'post',
    path: '/donations/donor-merges/:id/refusal',
    guard: decide,
    summary: 'Declines a merge of two records, with a reason',
    input: declineMergeInput,
    act: declineMerge,
    page: toDonor,
    showAgain: again,
    answer,
  });
  return room;
}
