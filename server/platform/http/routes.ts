import type { Request, Response, Router } from 'express';
import express from 'express';
import { AppError, invariant } from '../../kernel/errors';
import { type ApiOperation, operationPath } from '../openapi/operation';
import { type Guard, isGuard } from './guard';
import { type FileRule, receiveFile } from './receive-file';
import { isWrongAddress } from './wrong-address';

/** The parameters that a path names: `{ id: string }` for `/aid/cases/:id/approvals`. */
type PathParameters<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [Key in Name]: string } & PathParameters<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? { [Key in Name]: string }
    : Record<never, string>;

/** A request whose body and query are still what a stranger sent: parse them before use. */
export type Incoming<Path extends string> = Request<PathParameters<Path>, unknown, unknown, Record<string, unknown>>;
export type Handler<Path extends string> = (req: Incoming<Path>, res: Response) => unknown;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Add = <Path extends string>(path: Path, guard: Guard, handle: Handler<Path>) => void;

/** What a room gives the shell. The shell mounts each part where it belongs, so that no room has to know the order. */
export interface Routes extends Record<Method, Add> {
  /** A POST with one file. Its form token is checked after the file is read. */
  upload<Path extends string>(path: Path, guard: Guard, file: FileRule, handle: Handler<Path>): void;
  /** A POST from a machine that signs its body: `req.body` is the raw Buffer, there is no session and no form token. */
  webhook<Path extends string>(path: Path, guard: Guard, handle: Handler<Path>): void;
  /** Describes a JSON endpoint for the OpenAPI document. */
  describe(operation: ApiOperation): void;
  readonly pages: Router;
  readonly uploads: Router;
  readonly webhooks: Router;
  readonly operations: readonly ApiOperation[];
}

const webhookLimit = '256kb';

/**
 * The routes of one room. Paths are whole (`/aid/cases/:id`), nouns only. Each route names its guard; one without it stops the
 * start, as does a path that is taken.
 */
export function routes(): Routes {
  const [pages, uploads, webhooks] = [express.Router(), express.Router(), express.Router()];
  const operations: ApiOperation[] = [];
  const taken = new Set<string>();
  const claim = (method: string, path: string, guard: Guard) => {
    const route = `${method.toUpperCase()} ${path}`;
    invariant(isGuard(guard), 'route.has-a-guard', { route });
    invariant(path.startsWith('/') && !taken.has(route), 'route.is-one-of-a-kind', { route });
    taken.add(route);
  };
  const adder =
    (method: Method): Add =>
    (path, guard, handle) => {
      claim(method, path, guard);
      pages[method](path, guard, toExpress(handle));
    };
  return {
    get: adder('get'),
    post: adder('post'),
    put: adder('put'),
    patch: adder('patch'),
    delete: adder('delete'),
    upload(path, guard, file, handle) {
      claim('post', path, guard);
      uploads.post(path, guard, ...receiveFile(file), toExpress(handle));
    },
    webhook(path, guard, handle) {
      claim('post', path, guard);
      webhooks.post(path, guard, express.raw({ type: () => true, limit: webhookLimit }), toExpress(handle));
    },
    describe(operation) {
      operations.push({ ...operation, path: operationPath(operation.path) });
    },
    pages,
    uploads,
    webhooks,
    operations,
  };
}

/** A handler ends the request itself: it gets no `next`. What it throws or rejects with reaches the error page (Express 5). */
function toExpress<Path extends string>(handle: Handler<Path>) {
  return async (req: Request, res: Response): Promise<void> => {
    try {
      await handle(req as unknown as Incoming<Path>, res);
    } catch (error) {
      throw isWrongAddress(error, req.params) ? new AppError('not-found') : error;
    }
  };
}
