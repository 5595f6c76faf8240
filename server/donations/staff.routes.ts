import type { Response } from 'express';
import { placesIn, purposes } from '../funds';
import { addToNavigation, allow, may } from '../identity';
import type { Context } from '../kernel/context';
import { type FieldIssue, fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { randomId } from '../kernel/random';
import { both } from '../platform/http/both';
import { type Returned, renderForm } from '../platform/http/form';
import { filtersOf, listUrl } from '../platform/http/list-url';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { donorKinds } from './donor-kinds';
import { faultsOfBankGift } from './faults-of-bank-gift';
import { findGiftByNumber } from './find-gifts';
import { recordBankGift } from './record-bank-gift';
import { bankGiftInput, giftFilters, readableBankGift } from './staff.inputs';
import { giftsPage, staffGiftPage } from './staff-gifts-page';

const layout = 'staff';
const words = (res: Response) => res.locals['t'] as Translate;
const numberParam = z.object({ number: zId() });
const giftAnswer = z.object({ number: z.string(), state: z.string(), amountFen: z.int() });

/** Gifts as staff see them: the list, one gift, and the bank's transfers being recorded. */
export function staffGiftRoutes(): Routes {
  const room = routes();
  const [read, record] = [allow('gift.read'), allow('gift.record')];
  addToNavigation({
    group: 'giving',
    href: '/donations/gifts',
    icon: 'gift',
    label: 'donations:list.nav',
    permission: 'gift.read',
    rank: 10,
  });

  room.get('/donations/gifts', read, async (req, res) => {
    const page = await giftsPage(req.ctx, words(res), filtersOf(giftFilters, req));
    res.render('donations/gifts', {
      layout,
      ...page,
      mayRecord: may(req.ctx.actor, 'gift.record'),
      nextHref: page.next && listUrl(req, { after: page.next }),
    });
  });

  room.get('/donations/gifts/:number', read, async (req, res) => {
    const { number } = parseInput(numberParam, req.params);
    const gift = (await findGiftByNumber(req.ctx, number)) ?? fail('not-found');
    const recorded = req.query['recorded'] === '1';
    res.render('donations/gift', { layout, recorded, ...(await staffGiftPage(req.ctx, words(res), gift, req)) });
  });

  room.get('/donations/bank-gifts/new', record, (req, res) =>
    res.render('donations/bank-gift', { layout, ...bankPage(req.ctx, words(res)) }),
  );

  both(room, {
    method: 'post',
    path: '/donations/bank-gifts',
    guard: record,
    summary: 'Records a transfer of the bank statement and books it; a serial number can be used once',
    input: bankGiftInput,
    act: recordBankGift,
    page: (res, gift) => res.redirect(303, `/donations/gifts/${gift.number}?recorded=1`),
    showAgain: async (req, res, returned) => {
      const page = bankPage(req.ctx, words(res));
      const issues = await allIssues(req.ctx, returned);
      const checkGiver = issues.find(({ code }) => code === 'check-giver')?.params ?? returned.values['checkedGiver'];
      const view = { layout, ...page, checkGiver, requestKey: returned.values['requestKey'] ?? page.requestKey };
      renderForm(res, 'donations/bank-gift', view, { ...returned, issues });
    },
    answer: {
      status: 201,
      description: 'The gift',
      schema: giftAnswer,
      from: ({ number, state, amountFen }) => ({ number, state: state.name, amountFen }),
    },
  });

  return room;
}

/** What the fields' shapes say, and what only the act finds, at once: nobody is to mend one half and then be told the other. */
async function allIssues(ctx: Context, { issues, values, status }: Returned): Promise<FieldIssue[]> {
  const found = status === 422 ? await faultsOfBankGift(ctx, readableBankGift(values)) : [];
  return [...issues, ...found.filter(({ path }) => !issues.some((issue) => issue.path === path))];
}

function bankPage(ctx: Context, t: Translate) {
  const [county = ''] = ctx.actor.grants.map(({ scope }) => scope);
  return {
    requestKey: randomId(ctx.random, 'req'),
    today: shanghaiDay(ctx.clock.now()),
    kinds: donorKinds.map((value) => ({ value, label: t(`donations:kindOf.${value}`) })),
    purposes: purposes.map((value) => ({ value, label: t(`donations:purpose.${value}`) })),
    places: placesIn(ctx, county),
  };
}
