import { systemClock } from '../../server/kernel/clock';
import { seededRandom, systemRandom } from '../../server/kernel/random';
import { closeLedger, openLedger } from '../../server/ledger';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';
import { testContext } from '../ledger/test-chart';
import { startLedgerChild } from '../support/ledger-child';
import { faultsOfLoad, LedgerLoad } from '../support/ledger-load';
import { useTemporaryFolder } from '../support/temporary-folder';
import { ThreeMemberSet } from '../support/three-member-set';

const random = seededRandom(process.env['SEED'] ?? '1');
const upTo = (most: number) => (random.bytes(2).readUInt16BE() % most) + 1;
const folder = useTemporaryFolder();
const ledger = 'elections';
let set: ThreeMemberSet;

beforeAll(async () => {
  set = await ThreeMemberSet.start(folder);
  await connectMongo(set.uri('elections'), systemClock);
  await openLedger({ ledger, clock: systemClock, random: systemRandom });
}, 120_000);

afterAll(async () => {
  await closeLedger(ledger);
  await disconnectMongo();
  await set.stop();
}, 60_000);

/** The old primary may hold commits that no majority has; they are rolled back when it returns, and nobody was told of them. */
test('a set that elects again and again keeps what it answered, to two processes, and nothing twice', async () => {
  const load = new LedgerLoad(testContext(ledger), 'own');
  load.start(40);
  const child = await startLedgerChild({ mongoUri: set.uri('elections'), ledger, prefix: 'child', inFlight: 30 });
  const faults = [
    async (primary: number) => {
      await set.kill(primary);
      await Promise.all([load.more(100), child.more(100)]);
      await set.revive(primary);
    },
    async (primary: number) => {
      set.freeze(primary);
      await Promise.all([load.more(100), child.more(100)]);
      set.thaw(primary);
    },
    () => set.stepDown(),
  ];
  for (let round = 0; round < 9; round++) {
    await load.more(upTo(600));
    await faults[round % faults.length]?.(await set.primary());
    await Promise.all([load.more(100), child.more(100)]);
  }
  await child.end();
  await load.stop();
  expect(load.acknowledged.size).toBeGreaterThan(1000);
  expect(await faultsOfLoad(ledger, new Map([...load.acknowledged, ...child.acknowledged]))).toEqual([]);
}, 600_000);
