import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import mongoose from 'mongoose';

export const secret = 'whsec_bench';

/** An event as it is sent: body and signature. */
export interface ToldEvent {
  body: string;
  signature: string;
}

/** Distinct events, of which each fifth comes a second time, later. `name` keeps the rounds apart. */
export function toldEvents(distinct: number, name: string): ToldEvent[] {
  const once = Array.from({ length: distinct }, (_, at) => toldEvent(`evt_${name}_${at}`, `cs_${name}_${at}`));
  return [...once, ...once.filter((_, at) => at % 5 === 0)];
}

function toldEvent(id: string, session: string): ToldEvent {
  const created = Math.floor(Date.now() / 1000);
  const object = { id: session, object: 'checkout.session', amount_total: 1_000, currency: 'cny', payment_status: 'paid' };
  const about = { id, object: 'event', api_version: '2025-09-30.clover', created, livemode: false, type: 'checkout.session.completed' };
  const body = JSON.stringify({ ...about, data: { object }, pending_webhooks: 1, request: null });
  const signature = `t=${created},v1=${createHmac('sha256', secret).update(`${created}.${body}`).digest('hex')}`;
  return { body, signature };
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Sends an event as the provider does. Gives the status; 0 when nobody answered. */
export function send(port: number, path: string, { body, signature }: ToldEvent): Promise<number> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'stripe-signature': signature };
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
      answer.once('error', () => resolve(0));
    });
    sent.once('error', () => resolve(0));
    sent.end(body);
  });
}

/** Where the peer keeps what it was told. */
export function peerCollection() {
  return mongoose.connection.collection<{ _id: string }>('benchPeerEvents');
}
