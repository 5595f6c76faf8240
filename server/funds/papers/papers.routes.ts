import type { Response } from 'express';
import { allow, demoSigningCode } from '../../identity';
import { both } from '../../platform/http/both';
import { type Returned, renderForm } from '../../platform/http/form';
import { type Incoming, type Routes, routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { confirmPaper, declinePaper } from './confirm-paper';
import type { PaperProposal } from './paper-proposal.model';
import { certificateInput, confirmPaperInput, filedPlanInput, proposalRef } from './papers.inputs';
import { paperForm, papersPage, proposalPage } from './papers-pages';
import { proposeCertificate, proposeFiledPlan } from './propose-paper';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const shown = {
  method: 'post',
  page: (res: Response, { _id }: PaperProposal) => res.redirect(303, `/funds/papers/${_id}`),
  answer: {
    status: 201,
    description: 'The paper as it was entered',
    schema: z.object({ id: z.string(), kind: z.string(), number: z.string(), state: z.string() }).openapi('PaperProposal'),
    from: ({ _id, certificate, plan, state }: PaperProposal) => ({
      id: _id,
      kind: certificate ? 'certificate' : 'filedPlan',
      number: certificate?.number ?? plan?.number ?? '',
      state: state.name,
    }),
  },
} as const;

/** The papers on which the public is asked for gifts (FU1): entered by one person from the original, confirmed by another with a code. */
export function paperRoutes({ demo }: { demo: boolean }): Routes {
  const room = routes();
  const [read, propose, confirm] = [allow('fund.read'), allow('fund.proposePapers'), allow('fund.recordPapers')];
  const onePage = async (req: Pick<Incoming<string>, 'ctx'>, res: Response, id: string) => ({
    layout,
    ...(await proposalPage(req.ctx, words(res), id)),
    demoCode: demo ? await demoSigningCode(req.ctx) : undefined,
  });
  const formAgain = (view: string) => async (req: Pick<Incoming<string>, 'ctx'>, res: Response, returned: Returned) => {
    const form = await paperForm(req.ctx, words(res));
    renderForm(res, view, { layout, ...form, requestKey: returned.values['requestKey'] ?? form.requestKey }, returned);
  };
  const again = async <Path extends string>(req: Incoming<Path>, res: Response, returned: Returned) =>
    renderForm(res, 'funds/paper', await onePage(req, res, String(Object(req.params)['id'])), returned);

  room.get('/funds/papers', read, async (req, res) => res.render('funds/papers', { layout, ...(await papersPage(req.ctx, words(res))) }));
  room.get('/funds/papers/certificates/new', propose, async (req, res) =>
    res.render('funds/certificate-form', { layout, ...(await paperForm(req.ctx, words(res))) }),
  );
  room.get('/funds/papers/plans/new', propose, async (req, res) =>
    res.render('funds/plan-form', { layout, ...(await paperForm(req.ctx, words(res))) }),
  );
  room.get('/funds/papers/:id', read, async (req, res) => {
    const { id } = parseInput(proposalRef, req.params);
    res.render('funds/paper', await onePage(req, res, id));
  });
  both(room, {
    ...shown,
    path: '/funds/papers/certificates',
    guard: propose,
    summary: 'Enters a fundraising certificate; it counts when another person has confirmed it',
    input: certificateInput,
    act: proposeCertificate,
    showAgain: formAgain('funds/certificate-form'),
  });
  both(room, {
    ...shown,
    path: '/funds/papers/plans',
    guard: propose,
    summary: 'Enters a fundraising plan that was filed with civil affairs; it counts when another person has confirmed it',
    input: filedPlanInput,
    act: proposeFiledPlan,
    showAgain: formAgain('funds/plan-form'),
  });
  both(room, {
    ...shown,
    path: '/funds/papers/:id/confirmations',
    guard: confirm,
    summary: 'Confirms with a fresh code that a paper was entered as its original says',
    input: confirmPaperInput,
    act: confirmPaper,
    showAgain: again,
  });
  both(room, {
    ...shown,
    path: '/funds/papers/:id/refusals',
    guard: propose,
    summary: 'Lets go a paper that was entered wrongly',
    input: proposalRef,
    act: declinePaper,
    showAgain: again,
  });
  return room;
}
