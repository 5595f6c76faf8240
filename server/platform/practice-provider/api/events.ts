import { z } from '../../validation/zod';
import type { Practice } from '../practice';
import type { ApiAnswer, ApiRequest } from './endpoint';
import { createdWithin, page, pageParameters } from './lists';
import { bool, createdFilter, expandable, list, parameters } from './parameters';
import { missing } from './refusals';

/** `GET /v1/events/:id` */
export function getEvent({ state }: Practice, { id, given }: ApiRequest): ApiAnswer {
  parameters(z.strictObject(expandable), given);
  const event = state.events.get(id);
  if (!event) throw missing('event', id);
  return { answer: event };
}

/** `GET /v1/events`: what is still pending counts as not delivered. */
export function listEvents({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = {
    created: createdFilter.optional(),
    delivery_success: bool.optional(),
    type: z.string().optional(),
    types: list(z.string()).optional(),
  };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const events = [...state.events.values()]
    .filter((event) => createdWithin(event, asked.created) && event.type === (asked.type ?? event.type))
    .filter((event) => asked.types?.includes(event.type) ?? true)
    .filter((event) => asked.delivery_success === undefined || asked.delivery_success === (event.pending_webhooks === 0));
  return { answer: page(events, asked, '/v1/events') };
}
