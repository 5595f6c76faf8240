import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { divisionCode } from '../../server/kernel/division-code';
import { localDate } from '../../server/kernel/local-date';
import { seededRandom } from '../../server/kernel/random';
import type { Role } from '../../server/kernel/roles';
import type { ProposeSettingInput } from '../../server/settings/settings.inputs';

export const clock = new SteppedClock('2026-11-24T02:00:00Z');
const random = seededRandom('settings');

/** A person of the county with one role there. */
export function person(id: string, role: Role, scope = '130499', ledger = 'hean'): Context {
  return { ledger, actor: { id, kind: 'person', grants: [{ role, scope }] }, clock, random, locale: 'zh-CN' };
}

export const admin = person('usr_admin', 'countyAdmin');
export const manager = person('usr_manager', 'fundManager');

let keys = 0;

/** A proposal with everything in order, changed where a test says so. */
export function proposal(
  changes: Partial<Record<keyof ProposeSettingInput, unknown>> & { name: string; value: unknown },
): ProposeSettingInput {
  keys += 1;
  return {
    scope: divisionCode('130499'),
    effectiveFrom: localDate('2026-11-25'),
    effectiveTo: undefined,
    sourceDoc: '和防贫办〔2026〕21 号（演示）',
    reason: '',
    requestKey: `request-${keys}`,
    ...changes,
  } as ProposeSettingInput;
}
