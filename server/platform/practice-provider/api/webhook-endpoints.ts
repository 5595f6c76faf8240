import { randomId } from '../../../kernel/random';
import { z } from '../../validation/zod';
import { type NewEndpoint, setEndpoint } from '../endpoints';
import type { Practice } from '../practice';
import { practisedApiVersion } from '../wire-objects';
import type { ApiAnswer, ApiRequest } from './endpoint';
import { expandable, list, metadata, parameters, webAddress } from './parameters';

/** `POST /v1/webhook_endpoints`: the only answer that shows the secret. */
export function createWebhookEndpoint(practice: Practice, { given }: ApiRequest): ApiAnswer {
  const asked = parameters(
    z.strictObject({
      ...expandable,
      url: webAddress,
      enabled_events: list(z.string().min(1)),
      api_version: z.string().optional(),
      description: z.string().optional(),
      metadata: metadata.optional(),
    }),
    given,
  );
  const fresh: NewEndpoint = {
    id: randomId(practice.random, 'we'),
    url: asked.url,
    secret: randomId(practice.random, 'whsec'),
    enabledEvents: asked.enabled_events,
    apiVersion: asked.api_version ?? practisedApiVersion,
    description: asked.description ?? null,
    metadata: asked.metadata ?? {},
  };
  const { endpoint, secret } = setEndpoint(practice, fresh);
  return { answer: { ...endpoint, secret } };
}
