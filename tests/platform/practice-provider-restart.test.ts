import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useTemporaryFolder } from '../support/temporary-folder';
import { order, payPageOf, press, usePractice } from './practising';

const practice = usePractice();
const folder = useTemporaryFolder();

async function restart(dataFolder: string): Promise<void> {
  await practice.provider.stop();
  await practice.start({ dataFolder });
}

test('a gift begun before a restart is paid after it, and all that waited is sent', async () => {
  const dataFolder = join(folder, 'a');
  await restart(dataFolder);
  const opened = await practice.ours.createCheckoutSession(order);
  const other = await practice.ours.createCheckoutSession({ ...order, idempotencyKey: 'gift:2:session:1' });
  await press(payPageOf(other), 'pay');
  practice.answerWith(503);
  await practice.provider.control.deliverDue();

  await restart(dataFolder);
  practice.answerWith(200);
  practice.arrivals.length = 0;
  expect(await practice.ours.createCheckoutSession(order)).toMatchObject({ id: opened.id });
  const found = await practice.ours.readCheckoutSession(opened.id);
  expect(found.url).toContain(practice.provider.url); // on its new port
  await press(payPageOf(found), 'pay');
  practice.clock.advance(5000);
  await practice.provider.control.deliverDue();
  expect(practice.arrived().sort()).toEqual(
    ['charge.succeeded', 'checkout.session.completed', 'payment_intent.succeeded'].flatMap((type) => [type, type]),
  );
});

test('the state is kept in one file that others cannot read, with nothing left aside', async () => {
  const dataFolder = join(folder, 'b');
  await restart(dataFolder);
  await Promise.all(Array.from({ length: 10 }, (_, n) => practice.ours.createCheckoutSession({ ...order, idempotencyKey: `gift:${n}` })));
  expect(readdirSync(dataFolder)).toEqual(['practice-provider.json']);
  expect(statSync(join(dataFolder, 'practice-provider.json')).mode & 0o077).toBe(0);
  await restart(dataFolder);
  expect((await practice.stripe.checkout.sessions.list({ limit: 100 })).data).toHaveLength(10);
});

test.each`
  text              | message
  ${'{"format":0}'} | ${'unknown format'}
  ${'{"form'}       | ${'JSON'}
`('a file that cannot be read refuses to start: $message', async ({ text, message }) => {
  writeFileSync(join(folder, 'practice-provider.json'), text);
  await expect(practice.start({ dataFolder: folder })).rejects.toThrow(message);
});
