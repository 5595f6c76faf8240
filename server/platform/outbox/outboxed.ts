import type { Context } from '../../kernel/context';
import { randomId } from '../../kernel/random';
import { type DocumentWrite, insertion } from '../mongo/document-writes';
import type { Payload, Topic } from '../queues/job';
import { OutboxEvent } from './outbox-event.model';

/** A message to write in the same commit as the fact it tells. Ids only: the listener reads the rest within its own reach. */
export function outboxed<Told extends Payload>(ctx: Context, topic: Topic<Told>, payload: Told): DocumentWrite {
  return insertion(ctx, OutboxEvent, {
    _id: randomId(ctx.random, 'evt'),
    topic: topic.name,
    payload: topic.schema.parse(payload),
    state: 'waiting',
    recordedAt: ctx.clock.now(),
    ...(ctx.requestId && { requestId: ctx.requestId }),
  });
}
