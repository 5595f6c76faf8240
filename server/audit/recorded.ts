import type { Context } from '../kernel/context';
import { orderedId } from '../kernel/random';
import { type DocumentWrite, insertion } from '../platform/mongo/document-writes';
import { AuditEvent, type KeptFacts } from './audit-event.model';
import type { AuditFacts, PersonalField } from './facts';
import { withoutLongNumbers, withoutPersonalData } from './without-personal-data';

/** The document that something was done to. */
export interface AuditSubject {
  type: string;
  id: string;
}

/**
 * The audit event of a deed, to be written in the same commit: `writes: () => [change(…), recorded(ctx, 'aid.approved', subject)]`.
 * `facts` are what is true now (codes, numbers; `reason` where the rules ask for one), `before` what the changed ones were: a fact that
 * did not change is left out of it. Personal values are replaced by a mark. What happened needs its words: `kinds:<what>`;
 * a new fact stands in `facts.ts` with its words.
 */
export function recorded(
  ctx: Context,
  what: string,
  subject: AuditSubject,
  facts: AuditFacts & { reason?: string } = {},
  before: AuditFacts = {},
): DocumentWrite {
  const { reason, ...told } = facts;
  const after: KeptFacts = told;
  const changed = Object.fromEntries(Object.entries<string | number>(before).filter(([field, value]) => after[field] !== value));
  return event(ctx, what, subject, {
    ...(reason === undefined ? {} : { reason: String(withoutLongNumbers(reason)) }),
    ...(Object.keys(after).length > 0 ? { after: withoutPersonalData(after) } : {}),
    ...(Object.keys(changed).length > 0 ? { before: withoutPersonalData(changed) } : {}),
  });
}

/**
 * That the actor is about to see personal values in full, for a reason (DOMAIN 16, PR5). Written before the value is shown; `fields` are
 * names of values, never the values.
 */
export function sawPersonalData(
  ctx: Context,
  what: string,
  subject: AuditSubject,
  { fields, reason }: { fields: readonly PersonalField[]; reason: string },
): DocumentWrite {
  return event(ctx, what, subject, { saw: [...fields].sort().join(' '), reason: String(withoutLongNumbers(reason)) });
}

type Details = Pick<AuditEvent, 'reason' | 'saw' | 'before' | 'after'>;

function event(ctx: Context, what: string, subject: AuditSubject, details: Details): DocumentWrite {
  return insertion(ctx, AuditEvent, {
    _id: orderedId(ctx.random, 'aud'),
    at: ctx.clock.now(),
    what,
    actor: ctx.actor.id,
    subjectType: subject.type,
    subjectId: subject.id,
    ...(ctx.actor.token ? { token: ctx.actor.token.id } : {}),
    ...(ctx.requestId ? { requestId: ctx.requestId } : {}),
    ...details,
  });
}
