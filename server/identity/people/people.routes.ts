import type { Request, Response } from 'express';
import { both } from '../../platform/http/both';
import { renderForm } from '../../platform/http/form';
import { filtersOf } from '../../platform/http/list-url';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { z } from '../../platform/validation/zod';
import { allow } from '../allow';
import { countToConfirm, findPeople } from '../find-people-list';
import { invitationInput, peopleFilters } from '../identity.inputs';
import { invitePerson } from '../invite-person';
import { addToNavigation } from '../navigation';
import { peoplePage } from './people-page';
import { personView, viewOfPerson } from './person-view';
import { showLink } from './show-link';

const words = (res: Response) => res.locals['t'] as Translate;

/** What a program gets of an invitation: the person, and the link as long as it is unused. */
export const linkedView = z.object({ person: personView, link: z.string().optional() }).openapi('PersonWithLink');

/** The list of people and the invitation. */
export function peopleRoutes({ publicBaseUrl }: { publicBaseUrl: string }): Routes {
  const room = routes();
  addToNavigation({
    group: 'manage',
    href: '/people',
    icon: 'users',
    label: 'identity:nav.people',
    permission: 'people.read',
    rank: 10,
    count: countToConfirm,
  });

  room.get('/people', allow('people.read'), async (req, res) => {
    res.render('identity/people', await peoplePage(req.ctx, words(res), filtersOf(peopleFilters, req), req));
  });

  room.get('/api/v1/people', allow('people.read'), async (req, res) => {
    const { rows, next } = await findPeople(req.ctx, filtersOf(peopleFilters, req));
    res.json({ people: rows.map(viewOfPerson), ...(next !== undefined && { next }) });
  });
  room.describe({
    method: 'get',
    path: '/api/v1/people',
    summary: 'People of the county, by the sound of their names',
    guard: 'people.read',
    input: peopleFilters,
    answer: {
      status: 200,
      description: 'A page of people; `next` is `after` of the next page',
      schema: z.object({ people: z.array(personView), next: z.string().optional() }),
    },
  });

  both(room, {
    method: 'post',
    path: '/people',
    guard: allow('people.invite'),
    summary: 'Invites somebody with a first role; asked twice with one key, it is one invitation',
    input: invitationInput,
    act: invitePerson,
    page: (res, made) => showLink(res, made, publicBaseUrl),
    showAgain: async (req, res, returned) => {
      const page = await peoplePage(req.ctx, words(res), peopleFilters.parse({}), req as unknown as Request);
      const { requestKey } = returned.values;
      renderForm(res, 'identity/people', { ...page, ...(typeof requestKey === 'string' && { requestKey }) }, returned);
    },
    answer: {
      status: 201,
      description: 'The person and the link, good for seven days and one use',
      schema: linkedView,
      from: ({ user, path }) => ({ person: viewOfPerson(user), ...(path !== undefined && { link: `${publicBaseUrl}${path}` }) }),
    },
  });

  return room;
}
