import type { RequestHandler, Response } from 'express';

/** What may happen to a call of the API: it fails, is turned away as too many, is cut before it was read, or cut after it took effect. */
export type RequestFault = 'error' | 'too-many' | 'cut' | 'cut-after-commit';

/** The faults that tests have planned for the next calls, one to a call. */
export class RequestFaults {
  #left: RequestFault[] = [];

  plan(faults: readonly RequestFault[]): void {
    this.#left = [...faults];
  }

  readonly strike: RequestHandler = (_req, res, next) => {
    const fault = this.#left.shift();
    if (fault === 'cut') return void res.socket?.destroy();
    if (fault === 'error') return void res.status(500).json({ error: { type: 'api_error', message: 'An unknown error occurred.' } });
    if (fault === 'too-many')
      return void res.status(429).json({ error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many.' } });
    if (fault === 'cut-after-commit') loseAnswer(res);
    next();
  };
}

/** The work is done, but the line breaks when its answer is to be sent. */
function loseAnswer(res: Response): void {
  res.json = () => {
    res.socket?.destroy();
    return res;
  };
}
