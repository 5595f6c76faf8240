import { nowSeconds, type Practice } from './practice';
import type { EndpointRecord } from './practice-state';
import type { Metadata } from './wire-objects';

export interface NewEndpoint {
  id: string;
  url: string;
  secret: string;
  enabledEvents: readonly string[];
  apiVersion: string;
  description: string | null;
  metadata: Metadata;
}

/** Registers an endpoint, or gives a registered one another address or secret: what waits for it goes there. */
export function setEndpoint(practice: Practice, asked: NewEndpoint): EndpointRecord {
  const record: EndpointRecord = {
    endpoint: {
      id: asked.id,
      object: 'webhook_endpoint',
      api_version: asked.apiVersion,
      application: null,
      created: nowSeconds(practice),
      description: asked.description,
      enabled_events: [...asked.enabledEvents],
      livemode: false,
      metadata: asked.metadata,
      status: 'enabled',
      url: asked.url,
    },
    secret: asked.secret,
  };
  practice.state.endpoints.set(asked.id, record);
  return record;
}
