import type { Response } from 'express';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { allow } from '../allow';
import { confirmGrant, refuseGrant } from '../confirm-grant';
import { deactivatePerson } from '../deactivate-person';
import { demoSigningCode } from '../demo-seats';
import { endGrant } from '../end-grant';
import { findPersonOrThrow } from '../find-people';
import { grantRole } from '../grant-role';
import {
  confirmFactorResetInput,
  confirmGrantInput,
  endGrantInput,
  grantInput,
  personInput,
  reasonInput,
  recordIdNumberInput,
  refuseGrantInput,
  requestInput,
} from '../identity.inputs';
import { recordIdNumber } from '../record-id-number';
import { resetPassword } from '../reset-password';
import { askFactorReset, confirmFactorReset } from '../reset-second-factor';
import type { User } from '../user.model';
import { linkedView } from './people.routes';
import { personPage } from './person-page';
import { personView, viewOfPerson } from './person-view';
import { showLink } from './show-link';

/** One person and what an administrator, and a second person, can do. */
export function personRoutes({ publicBaseUrl, demo }: { publicBaseUrl: string; demo: boolean }): Routes {
  const room = routes();
  const read = allow('people.read');
  const pageOfPerson = async ({ ctx }: { ctx: Parameters<typeof personPage>[0] }, res: Response, id: string) => ({
    ...(await personPage(ctx, res.locals['t'] as Translate, id)),
    demoCode: demo ? await demoSigningCode(ctx) : undefined,
  });
  const toPerson = (res: Response, { _id }: User) => res.redirect(303, `/people/${_id}`);
  const showAgain = async (
    req: { ctx: Parameters<typeof personPage>[0]; params: { id: string } },
    res: Response,
    returned: Returned,
  ): Promise<void> => {
    const { id } = parseInput(personInput, req.params);
    renderForm(res, 'identity/person', await pageOfPerson(req, res, id), returned);
  };
  const person = { status: 200, description: 'The person', schema: personView, from: viewOfPerson } as const;

  room.get('/people/:id', read, async (req, res) => {
    const { id } = parseInput(personInput, req.params);
    res.render('identity/person', await pageOfPerson(req, res, id));
  });
  room.get('/api/v1/people/:id', read, async (req, res) => {
    const { id } = parseInput(personInput, req.params);
    res.json(viewOfPerson(await findPersonOrThrow(req.ctx, id)));
  });
  room.describe({
    method: 'get',
    path: '/api/v1/people/:id',
    summary: 'One person',
    guard: 'people.read',
    input: personInput,
    answer: { status: 200, description: 'The person', schema: personView },
  });

  both(room, {
    method: 'post',
    path: '/people/:id/grants',
    guard: allow('people.grant'),
    summary: 'Gives a person one more role from today, or proposes it where another person confirms it',
    input: grantInput,
    act: grantRole,
    page: toPerson,
    showAgain,
    answer: { ...person, status: 201 },
  });
  both(room, {
    method: 'post',
    path: '/people/:id/grants/:grant/end',
    guard: allow('people.grant'),
    summary: 'Ends a role at once',
    input: endGrantInput,
    act: endGrant,
    page: toPerson,
    showAgain,
    answer: person,
  });
  both(room, {
    method: 'post',
    path: '/people/:id/grants/:grant/confirmation',
    guard: allow('people.confirmGrant'),
    summary: 'Confirms a role that somebody else proposed, as the second of two people: from now on it counts',
    input: confirmGrantInput,
    act: confirmGrant,
    page: toPerson,
    showAgain,
    answer: person,
  });
  both(room, {
    method: 'post',
    path: '/people/:id/grants/:grant/refusal',
    guard: allow('people.confirmGrant'),
    summary: 'Refuses a role that somebody else proposed, with a reason',
    input: refuseGrantInput,
    act: refuseGrant,
    page: toPerson,
    showAgain,
    answer: person,
  });
  both(room, {
    method: 'post',
    path: '/people/:id/id-numbers',
    guard: allow('people.grant'),
    summary: 'Records the ID number by which a person’s own family is known',
    input: recordIdNumberInput,
    act: recordIdNumber,
    page: toPerson,
    showAgain,
    answer: { ...person, status: 201 },
  });
  both(room, {
    method: 'post',
    path: '/people/:id/deactivation',
    guard: allow('people.deactivate'),
    summary: 'Puts a person out at once: all sessions are over',
    input: reasonInput,
    act: deactivatePerson,
    page: toPerson,
    showAgain,
    answer: person,
  });
  both(room, {
    method: 'post',
    path: '/people/:id/password-link',
    guard: allow('people.resetPassword'),
    summary: 'Makes a link for a new password, or a new invitation link',
    input: requestInput,
    act: resetPassword,
    page: (res, made) => showLink(res, made, publicBaseUrl),
    showAgain,
    answer: {
      status: 201,
      description: 'The person and the link, good for one use',
      schema: linkedView,
      from: ({ user, path }) => ({ person: viewOfPerson(user), ...(path !== undefined && { link: `${publicBaseUrl}${path}` }) }),
    },
  });
  both(room, {
    method: 'post',
    path: '/people/:id/factor-reset',
    guard: allow('people.askFactorReset'),
    summary: 'Asks that a lost second factor be taken away; another person confirms',
    input: reasonInput,
    act: askFactorReset,
    page: toPerson,
    showAgain,
    answer: person,
  });
  both(room, {
    method: 'post',
    path: '/people/:id/factor-reset/confirmation',
    guard: allow('people.confirmFactorReset'),
    summary: 'Takes a lost second factor away, as the second of two people',
    input: confirmFactorResetInput,
    act: confirmFactorReset,
    page: toPerson,
    showAgain,
    answer: person,
  });

  return room;
}
