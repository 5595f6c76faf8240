import type { Response } from 'supertest';
import type { Attack } from './attacks';

/** What is wrong with an answer to a request that meant harm. */
export function faultsOf({ what, path }: Attack, answer: Response | undefined): string[] {
  if (!answer) return [`${what}: no answer`];
  const { status, headers, text = '' } = answer;
  const type = String(headers['content-type'] ?? '');
  const wrong: string[] = [];
  if (status >= 500) wrong.push(`${status}`);
  if (/\n\s+at .+:\d+:\d+|node_modules|MongoServerError|CastError/.test(text)) wrong.push('shows its insides');
  if (type.includes('html') && /<script>wh1|<img src=x/.test(text)) wrong.push('echoes markup');
  if (/evil\.example/.test(headers['location'] ?? '')) wrong.push('leads to a foreign host');
  if (status >= 400) wrong.push(...faultsOfRefusal(path, answer, type));
  return wrong.map((fault) => `${what}: ${fault}`);
}

function faultsOfRefusal(path: string, { status, body, text }: Response, type: string): string[] {
  if (!path.startsWith('/api/')) return type.includes('text/html') ? [] : [`${status} as ${type} ${text.slice(0, 80)}`];
  if (!type.includes('application/problem+json')) return [`${status} as ${type}`];
  if (typeof body.code !== 'string') return ['a problem without a code'];
  const isPointed = status !== 422 || body.errors.every(({ pointer }: { pointer: string }) => /^#(\/|$)/.test(pointer));
  return isPointed && (status !== 422 || body.errors.length > 0) ? [] : ['wrong fields without pointers'];
}

/** An answer without what differs from request to request. */
export function shape({ status, text, headers }: Response, path: string): string {
  const same = [path, encodeURI(path), encodeURIComponent(path)].reduce((all, one) => all.replaceAll(one, 'PATH'), text);
  return `${status} ${headers['location'] ?? ''} ${same
    .replace(/req_[0-9a-z]{20}/g, 'REQUEST')
    .replace(/[0-9a-f]{64}/g, 'TOKEN')
    .replace(/"[^"]*_[0-9a-z]{20}[^"]*"/g, 'ID')}`;
}
