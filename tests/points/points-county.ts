import { confirmHousehold, type Household, issueCard, registerHousehold } from '../../server/households';
import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { divisionCode } from '../../server/kernel/division-code';
import { type LocalDate, localDate } from '../../server/kernel/local-date';
import { seededRandom } from '../../server/kernel/random';
import type { Role } from '../../server/kernel/roles';
import { installKeys } from '../../server/platform/crypto/keys';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { addPointRule, confirmDeed, recordDeed } from '../../server/points';
import { residentId } from '../households/resident-ids';
import { enactSamplesOnce } from '../support/enacted-samples';
import { useTestLedger } from '../support/test-ledger';

// He'an county with its cadres and clerks, for the tests of points, supermarket and kiosk.
const county = '130499';
export const liushu = divisionCode('130499101201');
export const hewan = divisionCode('130499201201');
export const clock = new SteppedClock('2026-11-24T01:42:00Z');
const random = seededRandom('points county');

export function person(id: string, role: Role, scope: string = county): Context {
  return { ledger: 'hean', actor: { id, kind: 'person', grants: [{ role, scope }] }, clock, random, locale: 'zh-CN' };
}

export const cadre = person('usr_cadre', 'villageCadre', liushu);
export const township = person('usr_town', 'townshipOfficer', '130499101');
export const manager = person('usr_manager', 'fundManager');
export const admin = person('usr_admin', 'countyAdmin');
export const system: Context = { ...manager, actor: { id: 'system:test', kind: 'system', grants: [] } };

let keys = 0;

/** A key as a form chooses it before its first try. */
export function requestKey(): string {
  keys += 1;
  return `request-${keys}`;
}

/** An empty county with its ledger open and DOMAIN's numbers in force. */
export function usePointsCounty(): void {
  useTestLedger('hean', clock);
  beforeAll(async () => {
    installKeys({ dataKeys: [{ version: 1, bytes: Buffer.alloc(32, 7) }], hashKey: Buffer.alloc(32, 9) });
    await ensureIndexes();
    await enactSamplesOnce({
      proposer: admin,
      confirmer: manager,
      scope: divisionCode(county),
      sourceDoc: '和防贫办〔2025〕18 号（演示）',
    });
  });
}

let people = 0;

/** A confirmed household of one, and its card. */
export async function household(name: string, village = liushu): Promise<{ household: Household; card: string; pin: string }> {
  people += 1;
  const member = { name, relation: 'head', idNumber: residentId('19560815', people), labour: 'part', student: false } as const;
  const draft = await registerHousehold(person('usr_registrar', 'villageCadre'), {
    requestKey: requestKey(),
    village,
    members: [member],
  } as unknown as Parameters<typeof registerHousehold>[1]);
  const active = await confirmHousehold(person('usr_confirmer', 'townshipOfficer'), { id: draft._id });
  const { number, pin } = await issueCard(person('usr_confirmer', 'townshipOfficer'), {
    id: active._id,
    requestKey: requestKey(),
  } as Parameters<typeof issueCard>[1]);
  return { household: active, card: number, pin: pin ?? '' };
}

/** A line of the rule book. */
export function rule(item: string, score: number): Promise<string> {
  return addPointRule(manager, { requestKey: requestKey(), head: 'service', item, score, rank: score, sourceDoc: '积分管理办法（演示）' });
}

/** A deed, recorded by the village cadre. */
export function deed(of: Household, ruleId: string, day: string | LocalDate, activity?: string) {
  const input = { requestKey: requestKey(), household: of._id, rule: ruleId, day: localDate(day), activity, words: '' };
  return recordDeed(cadre, input);
}

/** Points, as the county gives them: a deed of today that another person confirms. */
export async function award(of: Household, score: number): Promise<void> {
  const recorded = await deed(of, await rule('村里清扫', score), clock.now().toISOString().slice(0, 10));
  await confirmDeed(township, { id: recorded._id });
}
