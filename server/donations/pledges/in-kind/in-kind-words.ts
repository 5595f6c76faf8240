import { fen } from '../../../kernel/money';
import { formatYuan } from '../../../kernel/money-text';
import type { Translate } from '../../../platform/i18n/translator';
import type { Instalment, PromisedInKind } from '../pledge.model';
import { type InstalmentAccount, isOpenRow, type PledgeAccount } from '../pledge-account';

/** `大米 200 袋` */
export function inKindText(t: Translate, { item, unit }: Pick<PromisedInKind, 'item' | 'unit'>, quantity: number): string {
  return t('given:lineText', { name: item, quantity, unit });
}

/** What a pledge promises in kind and what of it was kept, each thing in its own unit, so that nothing is added to anything else. */
export function inKindTotals(t: Translate, instalments: readonly Instalment[], { rows }: PledgeAccount) {
  const totals = new Map<string, { promised: PromisedInKind; quantity: number; kept: number; open: number }>();
  for (const { rank, inKind } of instalments) {
    if (!inKind) continue;
    const key = JSON.stringify([inKind.item, inKind.unit]);
    const { quantity, kept, open } = totals.get(key) ?? { quantity: 0, kept: 0, open: 0 };
    const { keptQuantity = 0, openQuantity = 0 } = rows.find((row) => row.rank === rank) ?? {};
    totals.set(key, { promised: inKind, quantity: quantity + inKind.quantity, kept: kept + keptQuantity, open: open + openQuantity });
  }
  return [...totals.values()].map(({ promised, quantity, kept, open }) => ({
    promised: inKindText(t, promised, quantity),
    kept: inKindText(t, promised, kept),
    open: open > 0 ? inKindText(t, promised, open) : undefined,
  }));
}

/** What is still to come, money first, each in its own unit; nothing when all has come. */
export function openText(t: Translate, { openFen }: PledgeAccount, inKind: ReturnType<typeof inKindTotals>): string | undefined {
  const parts = [...(openFen > 0 ? [formatYuan(fen(openFen))] : []), ...inKind.flatMap(({ open }) => open ?? [])];
  return parts.length > 0 ? parts.join(t('given:and')) : undefined;
}

/** A row of the page for an instalment in kind. */
export function inKindRow(t: Translate, instalments: readonly Instalment[], { rank, keptQuantity }: InstalmentAccount) {
  const { inKind } = instalments.find((part) => part.rank === rank) ?? {};
  return (
    inKind && {
      kind: t(`donations:pledge.inKind.${inKind.kind}`),
      promised: inKindText(t, inKind, inKind.quantity),
      kept: inKindText(t, inKind, keptQuantity),
      valueFen: inKind.valueFen,
    }
  );
}

/** The instalments of a kind in which something is open, to choose from. */
export function openRanks(
  t: Translate,
  instalments: readonly Instalment[],
  { rows }: PledgeAccount,
  kind: 'money' | PromisedInKind['kind'],
) {
  return rows.filter(isOpenRow).flatMap(({ rank, openQuantity }) => {
    const { inKind } = instalments.find((part) => part.rank === rank) ?? {};
    if ((inKind?.kind ?? 'money') !== kind) return [];
    const what = inKind ? ` · ${inKindText(t, inKind, openQuantity)}` : '';
    return [{ value: String(rank), label: `${t('donations:pledge.rank', { rank })}${what}` }];
  });
}
