import { z } from '../../validation/zod';
import { loseDispute } from '../disputes';
import type { Practice } from '../practice';
import type { WireDispute } from '../wire-money';
import type { ApiAnswer, ApiRequest } from './endpoint';
import { createdWithin, page, pageParameters } from './lists';
import { bool, createdFilter, expandable, metadata, parameters } from './parameters';
import { missing } from './refusals';

/** `GET /v1/disputes/:id` */
export function getDispute(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  return { answer: findDispute(practice, id), expand };
}

/** `GET /v1/disputes` */
export function listDisputes({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = { created: createdFilter.optional(), charge: z.string().optional(), payment_intent: z.string().optional() };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const disputes = [...state.disputes.values()]
    .filter((dispute) => createdWithin(dispute, asked.created) && dispute.charge === (asked.charge ?? dispute.charge))
    .filter((dispute) => dispute.payment_intent === (asked.payment_intent ?? dispute.payment_intent));
  return { answer: page(disputes, asked, '/v1/disputes'), expand: asked.expand };
}

/** `POST /v1/disputes/:id`: evidence is taken to the payer's bank. */
export function updateDispute(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const shape = z.strictObject({
    ...expandable,
    evidence: z.record(z.string(), z.string().max(20_000)).optional(),
    metadata: metadata.optional(),
    submit: bool.optional(),
  });
  const asked = parameters(shape, given);
  const dispute = findDispute(practice, id);
  if (asked.evidence) dispute.evidence_details.has_evidence = true;
  if (asked.metadata) Object.assign(dispute.metadata, asked.metadata);
  if (asked.submit !== false && asked.evidence && dispute.status === 'needs_response') {
    dispute.status = 'under_review';
    dispute.evidence_details.submission_count += 1;
  }
  return { answer: dispute, expand: asked.expand };
}

/** `POST /v1/disputes/:id/close`: the charity gives in, and the dispute is lost. */
export function closeDispute(practice: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  const dispute = findDispute(practice, id);
  loseDispute(practice, dispute);
  return { answer: dispute, expand };
}

/** `GET /v1/radar/early_fraud_warnings/:id` */
export function getWarning({ state }: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  const warning = state.warnings.get(id);
  if (!warning) throw missing('early_fraud_warning', id);
  return { answer: warning, expand };
}

/** `GET /v1/radar/early_fraud_warnings` */
export function listWarnings({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = { created: createdFilter.optional(), charge: z.string().optional(), payment_intent: z.string().optional() };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const warnings = [...state.warnings.values()]
    .filter((warning) => createdWithin(warning, asked.created) && warning.charge === (asked.charge ?? warning.charge))
    .filter((warning) => warning.payment_intent === (asked.payment_intent ?? warning.payment_intent));
  return { answer: page(warnings, asked, '/v1/radar/early_fraud_warnings'), expand: asked.expand };
}

function findDispute({ state }: Practice, id: string): WireDispute {
  const dispute = state.disputes.get(id);
  if (!dispute) throw missing('dispute', id);
  return dispute;
}
