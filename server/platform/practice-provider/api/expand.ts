import type { Practice } from '../practice';
import { badParameter } from './refusals';

const deepest = 4;

/** Puts the objects in place of their ids along the asked paths, at most four levels deep; lists are expanded by `data.…`. */
export function expanded(practice: Practice, answer: object, paths: readonly string[]): object {
  const copy = structuredClone(answer);
  for (const path of paths) {
    const steps = path.split('.');
    const levels = steps[0] === 'data' ? steps.length - 1 : steps.length;
    if (levels > deepest) throw badParameter('expand', `You cannot expand more than ${deepest} levels of a property: ${path}`);
    expandAlong(practice, copy as Record<string, unknown>, steps, path);
  }
  return copy;
}

function expandAlong(practice: Practice, object: Record<string, unknown>, steps: readonly string[], path: string): void {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  if (step === 'line_items') object[step] ??= lineItems(practice, object);
  if (step === 'payments') object[step] ??= paymentsOf(practice, String(object['id']));
  if (!Object.hasOwn(object, step)) throw badParameter('expand', `This property cannot be expanded (${path}).`);

  const value = object[step];
  const found = typeof value === 'string' ? find(practice, value) : value;
  if (found === undefined) throw badParameter('expand', `This property cannot be expanded (${path}).`);
  object[step] = found;
  for (const next of Array.isArray(found) ? found : [found]) {
    if (typeof next === 'object' && next !== null) expandAlong(practice, next as Record<string, unknown>, rest, path);
  }
}

function find({ state }: Practice, id: string): object | undefined {
  const { paymentIntents, charges, invoices, refunds, disputes, transactions, payouts } = state;
  const objects = [paymentIntents, charges, invoices, refunds, disputes, transactions, payouts] as ReadonlyMap<string, object>[];
  const object = objects.map((all) => all.get(id)).find((one) => one !== undefined);
  return object && structuredClone(object);
}

function paymentsOf({ state }: Practice, invoice: string): object {
  const data = [...state.invoicePayments.values()].filter((payment) => payment.invoice === invoice);
  return { object: 'list', data, has_more: false, url: `/v1/invoice_payments?invoice=${invoice}` };
}

function lineItems({ state }: Practice, session: Record<string, unknown>): object | undefined {
  const items = state.sessions.get(String(session['id']))?.lineItems;
  return items && { object: 'list', data: items, has_more: false, url: `/v1/checkout/sessions/${String(session['id'])}/line_items` };
}
