import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

const answerWithinMs = 10_000;

/** Sends one webhook; gives the HTTP status, or null when no answer came. */
export type Deliver = (url: string, headers: Record<string, string>, body: string) => Promise<number | null>;

/** Sends over the network, on a connection of its own, and waits ten seconds for the answer. */
export const postWebhook: Deliver = (url, headers, body) =>
  new Promise((resolve) => {
    const request = url.startsWith('https:') ? requestHttps : requestHttp;
    const sending = request(url, {
      method: 'POST',
      agent: false,
      timeout: answerWithinMs,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    });
    sending.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    });
    sending.on('timeout', () => sending.destroy());
    sending.on('error', () => resolve(null)); // no answer is an outcome here: it is tried again later
    sending.end(body);
  });
