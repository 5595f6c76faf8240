import { may } from '../../identity';
import type { Context } from '../../kernel/context';
import { localDate, shanghaiDay, yearOf } from '../../kernel/local-date';
import type { Translate } from '../../platform/i18n/translator';
import { formatSum } from '../../platform/views/format';
import type { Donor } from '../donor.model';
import { massOrganisations } from '../donor-kinds';
import { findOwnGifts } from '../find-gifts';
import { giftChip, restrictionText } from '../gift-words';
import { isNamed, namingChoices, namingOf } from '../naming/naming';
import { findOwnReceipts } from '../receipts/find-receipts';
import { type DonorStatement, statedGifts, statementOf } from '../statements/find-statement';

const recent = 4;

/**
 * What was really given, paid and is left, as an equation. Of money that payers' banks took back after it was used, running costs bear
 * what the gift's lot no longer had (DO9).
 */
function statsOf(t: Translate, { lines, total }: DonorStatement, href: string) {
  const returnedFen = lines.reduce((sum, { gift }) => sum + (gift.returnedFen ?? 0), 0);
  const borneFen = returnedFen - total.back;
  const returned = { came: formatSum(total.came), sum: formatSum(returnedFen) };
  return [
    {
      label: t('donations:overview.given'),
      fen: total.came - returnedFen,
      href: '/my/gifts',
      sign: '',
      ...(returnedFen > 0 && { notes: [t('donations:overview.returned', returned)] }),
    },
    ...(borneFen > 0
      ? [{ label: t('donations:overview.borne'), fen: borneFen, sign: '+', notes: [t('donations:overview.borneNote')] }]
      : []),
    { label: t('donations:overview.paid'), fen: total.paid, href, sign: '−' },
    ...(total.fees === 0 ? [] : [{ label: t('donations:statement.column.fees'), fen: total.fees, href, sign: '−' }]),
    { label: t('donations:overview.left'), fen: total.closing, href, sign: '=' },
  ];
}

/** What an organisation sees first: given, used, left; this year; its last gifts. */
export async function overviewPage(ctx: Context, t: Translate, donor: Donor) {
  const today = shanghaiDay(ctx.clock.now());
  const year = yearOf(today);
  const [gifts, last, receipts] = await Promise.all([
    statedGifts(ctx, donor, today),
    findOwnGifts(ctx, donor, { limit: recent }),
    findOwnReceipts(ctx, donor, { limit: 1, year }),
  ]);
  const all = statementOf(gifts, { from: localDate('1900-01-01'), to: today });
  const ofYear = statementOf(gifts, { from: localDate(`${year}-01-01`), to: today });
  const first = all.lines[0]?.gift.received?.on;
  const since = first ? `/my/statement?from=${first.slice(0, 4)}-01-01&to=${today}` : '/my/statement';
  const isMass = massOrganisations.some((kind) => kind === donor.kind);
  return {
    count: all.lines.length,
    stats: statsOf(t, all, since),
    year,
    yearHref: '/my/statement',
    yearLines: [
      { label: t('donations:statement.column.opening'), fen: ofYear.total.opening },
      { label: t('donations:statement.column.came'), fen: ofYear.total.came },
      { label: t('donations:statement.column.paid'), fen: ofYear.total.paid },
      ...(ofYear.total.back + ofYear.total.fees === 0
        ? []
        : [{ label: t('donations:my.back'), fen: ofYear.total.back + ofYear.total.fees }]),
      { label: t('donations:statement.column.apart'), fen: ofYear.total.apart },
      { label: t('donations:statement.column.left'), fen: ofYear.total.left, kind: 'result' },
    ],
    recent: last.rows.map((gift) => ({
      number: gift.number,
      href: `/my/gifts/${gift.number}`,
      day: gift.received?.on ?? shanghaiDay(gift.openedAt),
      restriction: restrictionText(ctx, t, gift),
      amountFen: gift.amountFen,
      chip: giftChip(t, gift),
    })),
    receipts: receipts.count,
    agrees: all.agrees,
    mayDecideName: may(ctx.actor, 'donor.manage'),
    naming: namingOf(donor),
    namings: namingChoices.map((value) => ({
      value,
      label: t(`donations:naming.${value}`),
      hint: t(`donations:naming.hint.${value}`),
    })),
    publicHref: isMass && gifts.some(({ gift }) => isNamed(namingOf(donor), gift)) && `/organisations/${donor._id}`,
  };
}
