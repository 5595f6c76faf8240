import type { Context } from '../../kernel/context';

declare global {
  namespace Express {
    interface Request {
      /** Who asks, in which county and language: what every act is called with. */
      ctx: Context;
      /** Set when a program asks with an access token. No browser sends one by itself, so such a request needs no form token. */
      accessToken?: { id: string };
    }
  }
}

/** True when a program asks: anything under `/api`, and whoever prefers JSON to a page. */
export function asksForJson(req: { path: string; accepts(types: string[]): string | false }): boolean {
  return req.path.startsWith('/api/') || req.accepts(['html', 'json']) === 'json';
}

/** True when htmx asks for a part of a page. */
export function asksForPart(req: { get(name: string): string | undefined }): boolean {
  return req.get('hx-request') === 'true';
}
