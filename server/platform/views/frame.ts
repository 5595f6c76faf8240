import type { Request, Response } from 'express';
import type { PageLocals } from './locals';

/** What stands around every page of a person: read from the database, so only when a page is drawn. */
export type Frame = Pick<PageLocals, 'nav' | 'reach' | 'cast'>;

type ReadFrame = () => Promise<Frame>;

/**
 * Puts the frame around what this request renders. A form that leads on to another page, and a part of a page, do not wait for it; a frame
 * that cannot be read is logged and left out, for the page itself is there.
 */
export function frameWith(req: Request, res: Response, read: ReadFrame): void {
  let asked: Promise<Frame> | undefined;
  const once: ReadFrame = () => {
    asked ??= read();
    return asked;
  };
  const render = res.render.bind(res);
  res.locals['frame'] = once;
  res.render = (view: string, options?: object, callback?: (fault: Error, html: string) => void) => {
    const draw = () => render(view, options, callback);
    if (options && 'layout' in options && options.layout === false) return draw();
    const framed = once().then(
      (frame) => void Object.assign(res.locals, frame),
      (error: unknown) => req.log.error({ err: error, requestId: req.id }, 'the frame of a page could not be read'),
    );
    framed.then(draw).catch((error: unknown) => req.next?.(error)); // as where a handler throws: nothing is left to nobody
  };
}

/** The frame of this request's pages, for a page that is made of it. */
export async function frameOf(res: Response): Promise<Frame> {
  const read = res.locals['frame'] as ReadFrame | undefined;
  return read ? await read() : {};
}
