import { join } from 'node:path';
import { benchPostings } from './b1-postings';
import { benchBesideWorker } from './b2-beside-worker';
import { benchGifts } from './b2-gifts';
import { benchHotAccount } from './b2-hot-account';
import { benchReading } from './b4-reading';
import { benchWebhooks } from './b8-webhooks';
import { benchRoster } from './b9-roster';
import { benchWhereItWent } from './b10-where-it-went';
import { benchBankRows } from './bank-rows';
import type { BenchOptions, BenchResult } from './method/bench-result';
import { startBenchServer } from './method/bench-server';
import { settingOf } from './method/environment';
import { describe } from './method/report';
import { keepResult, renewTables } from './method/results';

const benches: Record<string, (options: BenchOptions) => Promise<BenchResult>> = {
  B1: benchPostings,
  B2: benchHotAccount,
  'B2-gifts': benchGifts,
  'B2-beside': benchBesideWorker,
  B4: benchReading,
  B8: benchWebhooks,
  'B9-roster': benchRoster,
  B10: benchWhereItWent,
  'Bank-rows': benchBankRows,
};
const rounds = 5;
const resultsFile = join(__dirname, 'results.json');
const document = join(__dirname, '../docs/performance.md');

/** `npm run bench`, or `npm run bench -- B1 B4 --quick`. Results go to `bench/results.json` and into `docs/performance.md`. */
async function main(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick');
  const asked = args.filter((arg) => !arg.startsWith('--'));
  const unknown = asked.filter((id) => !(id in benches));
  if (unknown.length > 0) throw new Error(`no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
  for (const [id, bench] of Object.entries(benches)) if (asked.length === 0 || asked.includes(id)) await run(bench, quick);
}

async function run(bench: (options: BenchOptions) => Promise<BenchResult>, quick: boolean): Promise<void> {
  const say = (line: string) => console.error(line);
  const server = await startBenchServer(say); // a new one for each, so that none starts with the cache and the journal of another
  try {
    const setting = settingOf(server.description, { quick, rounds });
    say(`${setting.database}, Node ${setting.node}, ${setting.cores} cores, load ${setting.loadBefore}`);
    const result = await bench({ quick, rounds, say, uri: server.uri });
    console.log(describe(result));
    keepResult(resultsFile, result, setting);
    renewTables(document, resultsFile);
  } finally {
    await server.stop();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
