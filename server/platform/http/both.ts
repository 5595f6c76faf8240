import { createHash } from 'node:crypto';
import type { Response } from 'express';
import type { Context } from '../../kernel/context';
import { parseInput } from '../validation/field-issues';
import { zRequestKey } from '../validation/types';
import type { z } from '../validation/zod';
import { answerOnce } from './answer-once';
import { type Returned, submitted } from './form';
import { type FormLists, withLists } from './form-lists';
import type { Guard } from './guard';
import type { Incoming, Routes } from './routes';

/** One act that people reach by a form and programs by JSON. */
export interface Both<Path extends string, Schema extends z.ZodObject, Done> {
  method: 'post' | 'put' | 'patch' | 'delete';
  /** Path of the form; the JSON endpoint is the same below `/api/v1`. Forms always POST. */
  path: Path;
  guard: Guard;
  /** One sentence for the OpenAPI document. */
  summary: string;
  /** Reads form fields, JSON body and path parameters alike; a path parameter wins over a field of its name. */
  input: Schema;
  /** Lists that the form sends as `members.0.name`. */
  lists?: FormLists;
  act: (ctx: Context, input: z.output<Schema>) => Promise<Done>;
  /** Where the form leads: mostly `res.redirect(303, …)`. */
  page: (res: Response, done: Done) => void;
  /** Shows the form again when it was refused. Without it a refusal is an error page. */
  showAgain?: (req: Incoming<Path>, res: Response, returned: Returned) => unknown;
  /** What programs get. */
  answer: { status: 200 | 201; description: string; schema: z.ZodType; from: (done: Done) => unknown };
  /** True when somebody outside did not answer, so that the act is to be asked again: such an answer is not kept for its key. */
  isPending?: (done: Done) => boolean;
}

/** Adds the form route, the JSON route and its description. Both are thin: parse, call the act, answer. */
export function both<Path extends string, Schema extends z.ZodObject, Done>(router: Routes, spec: Both<Path, Schema, Done>): void {
  const { path, guard, method, answer, showAgain, isPending = () => false } = spec;
  const apiPath = `/api/v1${path}` as const;
  const act = (req: Incoming<string>) => spec.act(req.ctx, parseInput(spec.input, inputOf(req, spec.lists)));
  const answerOf = async (req: Incoming<string>) => {
    const done = await act(req);
    return { status: answer.status, body: answer.schema.parse(answer.from(done)), isPending: isPending(done) };
  };

  const form = async (req: Incoming<Path>, res: Response) => spec.page(res, await act(req as Incoming<string>));
  router.post(path, guard, showAgain ? submitted(form, showAgain) : form);
  router[method](apiPath, guard, async (incoming, res) => {
    const req = incoming as unknown as Incoming<string>;
    const key = keyOf(req);
    const asked = { method: req.method, path: req.path, input: inputOf(req, spec.lists) };
    const { status, body } = key === undefined ? await answerOf(req) : await answerOnce(req.ctx, { key, ...asked }, () => answerOf(req));
    res.status(status).json(body);
  });
  router.describe({ method, path: apiPath, summary: spec.summary, guard: guard.guard, input: spec.input, answer });
}

/**
 * The key under which a program asks. All visitors are one actor, so theirs is bound to the session: whoever chooses a key that somebody
 * else has chosen, too, is given nothing of his.
 */
function keyOf(req: Incoming<string>): string | undefined {
  const key = req.get('idempotency-key');
  if (key === undefined || req.ctx.actor.id !== 'visitor' || !zRequestKey.safeParse(key).success) return key;
  return createHash('sha256').update(`${req.sessionID}/${key}`).digest('hex').slice(0, 40);
}

/** Body and path as one input; the Idempotency-Key header of a program stands for the form's hidden `requestKey`. */
function inputOf(req: Incoming<string>, lists: FormLists = {}): Record<string, unknown> {
  const { _csrf, ...body } = withLists(req.body, lists);
  const requestKey = keyOf(req);
  return { ...(requestKey !== undefined && { requestKey }), ...body, ...req.params };
}
