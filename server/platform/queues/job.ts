import type { Context } from '../../kernel/context';
import type { z } from '../validation/zod';

/** What a queue delivers. Ids only: payloads lie in Redis in the clear. */
export type Payload = Record<string, string | number>;

/** A kind of message from a lower room to a higher one. The room that says it defines it, next to its models. */
export interface Topic<Told extends Payload = Payload> {
  name: string;
  schema: z.ZodType<Told>;
}

/** A doorbell: parses its payload and calls one act. All rules live in rooms. */
export interface Job {
  name: string;
  run(payload: unknown, ctx: Context): Promise<unknown>;
}

/** Defines a topic. Names read `room.fact`, such as `gift.received`. */
export function topic<Told extends Payload>(name: string, schema: z.ZodType<Told>): Topic<Told> {
  return { name, schema };
}

/** A job of a name of its own: for schedules, and for long tasks that a person starts. The act must be idempotent by its own key. */
export function job<Read>(name: string, schema: z.ZodType<Read>, act: (payload: Read, ctx: Context) => Promise<unknown>): Job {
  return { name, run: async (payload, ctx) => act(schema.parse(payload), ctx) };
}

/** The job that hears a topic of the outbox. One per topic: where two rooms listen, it calls one act of each. */
export function on<Told extends Payload>(heard: Topic<Told>, act: (payload: Told, ctx: Context) => Promise<unknown>): Job {
  return job(heard.name, heard.schema, act);
}
