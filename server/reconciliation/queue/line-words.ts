import type { Context } from '../../kernel/context';
import { daysBetween, shanghaiDay } from '../../kernel/local-date';
import { maskName } from '../../kernel/mask';
import { fen } from '../../kernel/money';
import type { Translate } from '../../platform/i18n/translator';
import type { StateChip } from '../../platform/views/mark-helpers';
import type { LineState } from '../statements/statement.states';
import { nameOf, remarkOf, type StatementLine } from '../statements/statement-line.model';

const families = { open: 'check', matched: 'done', ignored: 'still' } as const satisfies Record<LineState, StateChip['family']>;
const longestPersonName = 4;

/**
 * The other side as staff see it: an organisation by its name, people masked (PR5). Banks set blanks between the characters of a name and
 * a remark in brackets behind it; neither makes an organisation of somebody.
 */
export function counterpart(name: string): string {
  const names = name.replace(/\s/g, '').replace(remarkBehind, '').split(betweenNames);
  return names.every(isPerson) ? names.map(maskName).join('、') : name;
}

const remarkBehind = /[(（[【][^)）\]】]*[)）\]】]?$/;
const betweenNames = /[、，,;；]/;
const endsAsOrganisation = /(平台|银行|公司|协会|学校|超市|医院|商行|合作社|工会|妇联|团委|商会|基金会)$/;

function isPerson(name: string): boolean {
  if (endsAsOrganisation.test(name)) return false;
  return [...name].length <= longestPersonName || name.includes('·') || /[a-z]/i.test(name);
}

/** What somebody wrote who pays us; what stands on a payment of ours may name the family. */
export function remarkShown(amountFen: number, remark: string): string {
  return amountFen > 0 ? remark : '';
}

/** A line as lists show it. */
export function lineRow(ctx: Context, t: Translate, line: StatementLine) {
  const { _id, day, amountFen, serial, state, hint, match, accountTail } = line;
  return {
    href: `/reconciliation/lines/${_id}`,
    day,
    serial,
    who: counterpart(nameOf(line)) || t('reconciliation:line.nobody'),
    tail: accountTail,
    remark: remarkShown(amountFen, remarkOf(line)),
    inFen: amountFen > 0 ? amountFen : undefined,
    outFen: amountFen < 0 ? fen(-amountFen) : undefined,
    chip: lineChip(t, state.name),
    hint: hint && state.name === 'open' ? t(`reconciliation:hint.${hint.code}`, { gift: hint.gift ?? '' }) : undefined,
    gift: match?.gift,
    reason: line.reason,
    ageDays: state.name === 'open' ? daysBetween(day, shanghaiDay(ctx.clock.now())) : undefined,
  };
}

function lineChip(t: Translate, state: LineState): StateChip {
  return { family: families[state], word: t(`reconciliation:state.${state}`) };
}
