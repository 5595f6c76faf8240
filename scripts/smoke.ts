import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../server/platform/embedded/loopback-port';
import { launchBrowser } from '../tests/support/chromium';
import { type DemoProcess, leftovers, startDemo } from './smoke/demo-process';
import { entryOfSlip, redeemOnce, sitDownAsHousehold } from './smoke/visit-demo';

// `npm run smoke`: does what a newcomer does. Starts the demo, signs in, redeems once, stops it with Ctrl-C, starts it again.
const households = 24;
const warmSeconds = 15; // what a quiet machine with two cores needs at most
const say = (line: string) => console.log(line);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Throws with what went wrong. */
async function smoke(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'warm-heart-smoke-'));
  const port = await freePort();
  const start = () => startDemo({ dataDir, port, households, say });
  try {
    const slip = await running(dataDir, start, async ({ url, readyAfterMs }) => {
      say(`The demo answers at ${url} after ${seconds(readyAfterMs)}, from nothing`);
      return visit(url);
    });
    await running(dataDir, start, async ({ url, readyAfterMs }) => {
      say(
        `The demo answers again after ${seconds(readyAfterMs)}${readyAfterMs > warmSeconds * 1000 ? `, more than ${warmSeconds} s` : ''}`,
      );
      await findEntry(url, slip);
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Runs the demo around some work, and sees that nothing of it is left behind. */
async function running<T>(dataDir: string, start: () => Promise<DemoProcess>, work: (demo: DemoProcess) => Promise<T>): Promise<T> {
  const demo = await start();
  const result = await work(demo).finally(demo.interrupt);
  const left = await leftovers(dataDir);
  if (left.length > 0) throw new Error(`after Ctrl-C there still runs:\n${left.join('\n')}`);
  say('Stopped with Ctrl-C: web, worker, database and Redis are gone');
  return result;
}

/** Signs in, redeems once, finds the entry; gives the number of the slip. */
async function visit(url: string): Promise<string> {
  const ready = await fetch(`${url}/readyz`);
  if (!ready.ok) throw new Error(`/readyz answers ${ready.status}`);
  const browser = await launchBrowser();
  try {
    say(`Signed in by a seat as a household: ${await sitDownAsHousehold(browser, url)}`);
    const slip = await redeemOnce(browser, url);
    say(`Redeemed at the kiosk: slip ${slip}`);
    return slip;
  } finally {
    await browser.close();
  }
}

async function findEntry(url: string, slip: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    const entry = await entryOfSlip(browser, url, slip);
    if (!entry.text.includes(slip)) throw new Error(`the entry does not name the slip ${slip}: ${entry.text}`);
    say(`Signed in with the code that is shown, as auditor, and found the slip in the ledger: ${entry.heading}`);
  } finally {
    await browser.close();
  }
}

smoke().then(
  () => say('smoke: passed'),
  (error: unknown) => {
    console.error(`smoke: failed: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  },
);
