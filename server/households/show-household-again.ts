import type { Response } from 'express';
import { type Returned, renderForm } from '../platform/http/form';
import type { Incoming } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { householdPage } from './household-page';

export const layout = 'staff';
export const words = (res: Response) => res.locals['t'] as Translate;

/** The page of a household again, with the form that was refused. */
export async function showHouseholdAgain<Path extends string>(req: Incoming<Path>, res: Response, returned: Returned): Promise<void> {
  const page = await householdPage(req.ctx, words(res), String(Object(req.params)['id']));
  renderForm(res, 'households/household', { layout, ...page }, returned);
}
