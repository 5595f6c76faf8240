import { WrongInput } from '../validation/field-issues';

/** True when a part of the path is nothing that could name anything, as `/donations/gifts/x`: such a page is not there. */
export function isWrongAddress(error: unknown, params: object): boolean {
  return error instanceof WrongInput && error.issues.some(({ path }) => Object.hasOwn(params, path.split('.')[0] ?? ''));
}
