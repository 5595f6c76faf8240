import { monitoringLine } from '../../server/households';
import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { divisionCode } from '../../server/kernel/division-code';
import { seededRandom } from '../../server/kernel/random';
import type { Role } from '../../server/kernel/roles';
import { installKeys } from '../../server/platform/crypto/keys';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import type { SettingDefinition } from '../../server/settings';
import { enactSamplesOnce, everyNumber } from '../support/enacted-samples';
import { useTestLedger } from '../support/test-ledger';

// He'an county with its officers, for the tests of households, relief, notices, payments and aid.
export const county = '130499';
export const liushu = divisionCode('130499101201');
export const shiqiao = divisionCode('130499101202');
export const hewan = divisionCode('130499201201');

export const clock = new SteppedClock('2026-06-01T02:00:00Z');
const random = seededRandom('aid county');

export function person(id: string, role: Role, scope: string = county): Context {
  return { ledger: 'hean', actor: { id, kind: 'person', grants: [{ role, scope }] }, clock, random, locale: 'zh-CN' };
}

export const cadre = person('usr_cadre', 'villageCadre', liushu);
export const hewanCadre = person('usr_cadre2', 'villageCadre', hewan);
export const township = person('usr_town', 'townshipOfficer', '130499101');
export const secondTownship = person('usr_town2', 'townshipOfficer', '130499101');
export const department = person('usr_dept', 'departmentOfficer');
export const manager = person('usr_manager', 'fundManager');
export const secondManager = person('usr_manager2', 'fundManager');
export const maker = person('usr_fin_a', 'financeOfficer');
export const signer = person('usr_fin_b', 'financeOfficer');
export const secondSigner = person('usr_fin_c', 'financeOfficer');
export const system: Context = { ...manager, actor: { id: 'system:test', kind: 'system', grants: [] } };
const admin = person('usr_admin', 'countyAdmin');

let keys = 0;

/** A key as a form chooses it before its first try. */
export function requestKey(): string {
  keys += 1;
  return `request-${keys}`;
}

/** An empty county with its ledger open and DOMAIN's numbers in force; `lineFen` sets one monitoring line for all years. */
export function useAidCounty({ lineFen }: { lineFen?: number } = {}): void {
  useTestLedger('hean', clock);
  beforeAll(async () => {
    installKeys({ dataKeys: [{ version: 1, bytes: Buffer.alloc(32, 7) }], hashKey: Buffer.alloc(32, 9) });
    await ensureIndexes();
    const definitions = everyNumber().map((one) => (lineFen && one.name === monitoringLine.name ? oneLine(lineFen) : one));
    await enactSamplesOnce({
      proposer: admin,
      confirmer: manager,
      scope: divisionCode(county),
      sourceDoc: '和防贫办〔2025〕18 号（演示）',
      definitions,
    });
  });
}

function oneLine(lineFen: number): SettingDefinition<unknown> {
  const { sampleHistory: _, ...rest } = monitoringLine;
  return { ...rest, sample: lineFen } as unknown as SettingDefinition<unknown>;
}
