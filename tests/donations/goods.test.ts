import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { donationsTruths } from '../../server/donations';
import { Gift } from '../../server/donations/gift.model';
import { acceptGoods, inspectGoods, refuseGoods } from '../../server/donations/goods/decide-goods';
import { goodsGift, goodsLot, goodsPool, store } from '../../server/donations/goods/goods.accounts';
import { offerGoodsInput } from '../../server/donations/goods/goods.inputs';
import { GoodsOffer } from '../../server/donations/goods/goods-offer.model';
import { GoodsPhoto } from '../../server/donations/goods/goods-photo.model';
import { offerGoods } from '../../server/donations/goods/offer-goods';
import { tellOfGoods } from '../../server/donations/goods/tell-of-goods';
import { valueGoods } from '../../server/donations/goods/value-goods';
import { issueReceipt } from '../../server/donations/receipts/issue-receipt';
import { printReceipts } from '../../server/donations/receipts/receipt-paper';
import { findStatement } from '../../server/funds';
import { shanghaiDay } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { balanceOf, classNameOf, drawableFrom } from '../../server/ledger';
import { loadTranslator } from '../../server/platform/i18n/translator';
import { supermarketTruths } from '../../server/supermarket';
import { findProducts } from '../../server/supermarket/find-shops';
import { useCountyApp } from '../support/county-app';
import { pdfPages } from '../support/pdf-text';
import { notedPng, notedWebp, phoneJpeg } from '../support/sample-photos';
import { submit, tokenOn } from '../support/sign-in';
import { useTemporaryFolder } from '../support/temporary-folder';

const county = useCountyApp();
const { ctx } = county;
const folder = useTemporaryFolder();
const as = (key: string) => ({ ...ctx, actor: county.stage.as(key).actor });
let donor: TestAgent;
let inspector: TestAgent;
let manager: TestAgent;
let valuer: TestAgent;
beforeAll(async () => {
  donor = await county.agentOf('hengtong');
  inspector = await county.agentOf('finance-1');
  manager = await county.agentOf('manager-1');
  valuer = await county.agentOf('finance-2');
});

let keys = 0;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string; issues?: { path: string; code: string }[] }) =>
      error.issues?.length ? error.issues.map(({ path, code }) => `${path} ${code}`).join() : (error.code ?? String(error)),
  );

/** Offers goods as the company does on its own page, and gives what was taken down. */
async function offer(fields: Record<string, string> = {}): Promise<GoodsOffer> {
  keys += 1;
  const answer = await submit(donor, '/goods-offers/new', '/goods-offers', {
    requestKey: `goods-offer-${keys}`,
    giver: 'member',
    'lines.0.name': '东北大米 5 公斤',
    'lines.0.unit': '袋',
    'lines.0.quantity': '200',
    'lines.0.declared': '13000',
    'lines.0.lastDay': '2027-06-30',
    'lines.0.evidence': '发票 24112233',
    'lines.1.name': '旧图书',
    'lines.1.unit': '本',
    'lines.1.quantity': '30',
    showName: 'on',
    ...fields,
  });
  expect(answer.status).toBe(303);
  const code = answer.headers['location']?.split('/').at(-1) ?? '';
  return (await GoodsOffer.findOne({ ledger: ctx.ledger, code }).lean<GoodsOffer>()) as GoodsOffer;
}
const now = async ({ _id }: GoodsOffer) => (await GoodsOffer.findById(_id).lean<GoodsOffer>()) as GoodsOffer;
const pageOf = ({ _id }: GoodsOffer) => `/donations/goods-offers/${_id}`;
const inspect = (one: GoodsOffer, usable: [string, string]) =>
  submit(inspector, pageOf(one), `${pageOf(one)}/inspections`, {
    'lines.0.line': '0',
    'lines.0.usable': usable[0],
    'lines.1.line': '1',
    'lines.1.usable': usable[1],
  });

test('goods go from hand to hand until a shelf has them: their value is their evidence’s, never money, and each pack is traced', async () => {
  expect((await donor.get('/goods-offers/new')).text).toContain('下一页就能加，最多 3 张'); // photos are told of before, and taken after
  const one = await offer();
  expect((await donor.get(`/goods-offers/${one.code}`)).text).toContain('id="photos"');
  expect(one).toMatchObject({ state: { name: 'offered' }, donorKind: 'company' });
  expect(one.number).toMatch(/^G-2026-\d{6}$/);
  expect((await inspect(one, ['201', '30'])).text).toContain('href="#f-lines.0.usable"');
  expect((await inspect(one, ['200', '30'])).status).toBe(303);
  expect((await manager.get(pageOf(one)).expect(200)).text).toContain('/acceptances');
  await submit(manager, pageOf(one), `${pageOf(one)}/acceptances`, {});
  expect(await codeOf(valueGoods(as('finance-1'), { id: one._id, lines: [] }))).toBe('rule.same-person');
  const [money, held] = [await balanceOf(ctx, 'bank:main'), await balanceOf(ctx, store)];
  const today = shanghaiDay(ctx.clock.now());
  const statement = await findStatement(ctx, { from: today, to: today });
  const values = { 'lines.0.line': '0', 'lines.0.unitPrice': '59.80', 'lines.1.line': '1' };
  const wrong = await submit(valuer, pageOf(one), `${pageOf(one)}/valuations`, { ...values, 'lines.0.evidence': '' });
  expect([wrong.status, wrong.text.includes('href="#f-lines.0.evidence"')]).toEqual([422, true]);
  await submit(valuer, pageOf(one), `${pageOf(one)}/valuations`, { ...values, 'lines.0.evidence': '发票 24112233' });

  const gift = (await Gift.findOne({ ledger: ctx.ledger, number: one.number }).lean<Gift>()) as Gift;
  expect(gift).toMatchObject({ amountFen: 11_960_00, channel: 'goods', state: { name: 'received' }, restriction: { purpose: 'goods' } });
  expect([await balanceOf(ctx, store), await balanceOf(ctx, 'bank:main')]).toEqual([held + 11_960_00, money]);
  expect(classNameOf(goodsLot(one.number))).toBe(goodsGift.className);
  expect(await drawableFrom(ctx, goodsPool(undefined), today)).toBe(held + 11_960_00);
  const after = await findStatement(ctx, { from: today, to: today });
  expect([after.total.closing, after.agrees]).toEqual([statement.total.closing, true]); // goods pay no aid
  expect((await donor.get(`/my/gifts/${one.number}`).expect(200)).text).toContain('11,960.00');

  const receipt = await issueReceipt(ctx, { gift: gift._id });
  const pdf = await printReceipts(ctx, { publicBaseUrl: 'https://example.test', demo: true }, [receipt]);
  const text = (await pdfPages(pdf, folder)).join('').replace(/\s/g, '');
  for (const words of ['东北大米5公斤', '袋', '200', '59.80', '11,960.00', '旧图书', '只记名称', '壹万壹仟玖佰陆拾元整'])
    expect(text).toContain(words);

  const clerk = await county.agentOf('clerk-liushu');
  const shop = county.county.shops['shop-liushu']?.id ?? '';
  const [rice] = await findProducts(ctx);
  const shelving = { quantity: '150', product: rice?._id ?? '', pieces: '150', given: `${one._id}:0` };
  const tooMany = await submit(clerk, `/shops/${shop}/given-goods/new`, `/shops/${shop}/given-goods`, {
    requestKey: 'shelve-0001',
    ...shelving,
    quantity: '201',
  });
  expect(tooMany.text).toContain('href="#f-quantity"');
  const shelved = await submit(clerk, `/shops/${shop}/given-goods/new`, `/shops/${shop}/given-goods`, {
    requestKey: 'shelve-0002',
    ...shelving,
  });
  expect(shelved.status).toBe(303);
  const again = (pieces: string) =>
    submit(clerk, `/shops/${shop}/given-goods/new`, `/shops/${shop}/given-goods`, { requestKey: 'shelve-0002', ...shelving, pieces });
  expect([(await again('150')).status, (await again('149')).status]).toEqual([303, 409]); // sent twice; the key of something else
  expect(await balanceOf(ctx, store)).toBe(held + 50 * 59_80);
  expect((await now(one)).lines[0]?.shelved).toBe(150);
  const way = await donor.get(`/my/gifts/${one.number}`).expect(200);
  expect(way.text).toContain('柳树村');
  expect(way.text).toContain('8,970.00'); // 150 bags of it
  for (const truth of [...donationsTruths, ...supermarketTruths]) expect(await truth.check(ctx)).toEqual([]);
});

test('what cannot be used is declined by another than who looked, the giver is told why, and nothing is booked', async () => {
  const one = await offer();
  await inspect(one, ['0', '0']);
  expect((await manager.get(pageOf(one)).expect(200)).text).not.toContain('/acceptances');
  expect(
    await codeOf(
      refuseGoods({ ...as('manager-1'), actor: { ...as('manager-1').actor, id: as('finance-1').actor.id } }, { id: one._id, reason: 'x' }),
    ),
  ).toBe('rule.same-person');
  await manager.get(`${pageOf(one)}/letter`).expect(404); // not declined yet
  await submit(manager, pageOf(one), `${pageOf(one)}/refusals`, { reason: '大米受潮发霉，书缺页' });
  expect((await donor.get(`/goods-offers/${one.code}`).expect(200)).text).toContain('受潮发霉');
  expect((await manager.get(`${pageOf(one)}/letter`).expect(200)).text).toContain('受潮发霉');
  const told: string[] = [];
  const messenger = { send: async ({ text }: { text: string }) => void told.push(text) };
  await tellOfGoods(ctx, { messenger, translator: await loadTranslator(), publicBaseUrl: 'https://example.test' } as never, one._id);
  expect(told.join()).toContain(`https://example.test/goods-offers/${one.code}`);
  expect(await Gift.countDocuments({ ledger: ctx.ledger, number: one.number })).toBe(0);
});

test('a second click finds it done; other numbers, or another person, are told that it is done', async () => {
  const one = await offer();
  await inspect(one, ['200', '30']);
  expect([(await inspect(one, ['200', '30'])).status, (await inspect(one, ['199', '30'])).status]).toEqual([303, 409]);
  await submit(manager, pageOf(one), `${pageOf(one)}/acceptances`, {});
  const valued = (key: string, unitPrice?: number) =>
    codeOf(
      valueGoods(as(key), {
        id: one._id,
        lines: unitPrice === undefined ? [] : [{ line: 0, unitPrice: fen(unitPrice), evidence: '发票' }],
      }),
    );
  expect(await valued('finance-2')).toBe('done');
  expect(await valued('finance-2')).toBe('done');
  expect([await valued('finance-2', 99_00), await valued('finance-3', 99_00)]).toEqual(['state.not-allowed', 'state.not-allowed']);
  expect(await now(one)).toMatchObject({ valueFen: 0 });
});

test('who offers in English is told in English', async () => {
  const typed = {
    requestKey: 'goods-in-english',
    giver: 'person',
    personName: 'Ann Lee',
    phone: '13900005899',
    lines: [{ name: 'Quilts', unit: 'piece', quantity: '3' }],
  };
  const { _id } = await offerGoods({ ...ctx, locale: 'en' }, offerGoodsInput.parse(typed));
  const told: string[] = [];
  const messenger = { send: async ({ text }: { text: string }) => void told.push(text) };
  await tellOfGoods(ctx, { messenger, translator: await loadTranslator(), publicBaseUrl: 'https://example.test' }, _id);
  expect(told).toEqual([expect.stringMatching(/goods.*https:\/\/example\.test\/goods-offers\//)]);
});

test('what no evidence supports is kept by name: no gift, no income', async () => {
  const one = await offer();
  await inspect(one, ['10', '30']);
  await submit(manager, pageOf(one), `${pageOf(one)}/acceptances`, {});
  const before = await balanceOf(ctx, store);
  await valueGoods(as('finance-2'), { id: one._id, lines: [] });
  expect(await now(one)).toMatchObject({ state: { name: 'valued' }, valueFen: 0 });
  expect(await balanceOf(ctx, store)).toBe(before);
  expect(await codeOf(inspectGoods(as('finance-2'), { id: one._id, lines: [], note: undefined }))).toBe('state.not-allowed');
});

test('goods that nobody has seen are taken back by the organisation that offers them, or by staff with a reason; once seen, no more', async () => {
  const [mine, theirs, seen] = [await offer(), await offer(), await offer()];
  const page = `/goods-offers/${mine.code}`;
  expect((await manager.get(page)).text).not.toContain('/withdrawals'); // the link alone is not enough for what a member offers
  expect((await submit(manager, '/me', `${page}/withdrawals`, {})).status).toBe(403);
  expect((await submit(donor, page, `/my/goods-offers/${mine._id}/withdrawals`, {})).status).toBe(303);
  expect((await donor.get(page)).text).toContain('已收回');
  expect((await now(mine)).state.name).toBe('withdrawn');
  expect((await inspect(mine, ['200', '30'])).status).toBe(409);

  const unsaid = await submit(inspector, pageOf(theirs), `${pageOf(theirs)}/withdrawals`, { reason: '' });
  expect([unsaid.status, unsaid.text.includes('href="#f-reason"')]).toEqual([422, true]);
  expect((await submit(inspector, pageOf(theirs), `${pageOf(theirs)}/withdrawals`, { reason: '登记重复了' })).status).toBe(303);
  expect((await inspector.get('/donations/goods-offers?view=withdrawn')).text).toContain(theirs.number);

  await inspect(seen, ['200', '30']);
  expect((await donor.get(`/goods-offers/${seen.code}`)).text).not.toContain('/withdrawals');
  expect((await submit(donor, '/my/goods-offers', `/my/goods-offers/${seen._id}/withdrawals`, {})).status).toBe(409);
});

test('who offers goods without an account takes them back by the link', async () => {
  const one = await offerGoods(
    { ...ctx, actor: { id: 'visitor', kind: 'person', grants: [] } },
    offerGoodsInput.parse({
      requestKey: 'goods-by-link',
      giver: 'person',
      personName: '周小明',
      phone: '13900001234',
      lines: [{ name: '棉被', unit: '床', quantity: '12' }],
    }),
  );
  const visitor = request.agent(county.url);
  const page = `/goods-offers/${one.code}`;
  expect((await submit(visitor, page, `${page}/withdrawals`, {})).headers['location']).toBe(page);
  expect((await now(one)).state.name).toBe('withdrawn');
});

describe('photos of what is offered', () => {
  const attach = async (agent: TestAgent, page: string, bytes: Buffer, name = 'photo.jpg') =>
    agent
      .post(`${page}/photos`)
      .field('_csrf', await tokenOn(agent, page))
      .attach('photo', bytes, name);
  const photosIn = (text: string) => [...text.matchAll(/<img src="([^"]+\/photos\/[^"]+)"/g)].map((match) => match[1] ?? '');

  test('giver and inspector add up to three each; whoever may see the offer sees them, without place and camera', async () => {
    const one = await offer();
    const page = `/goods-offers/${one.code}`;
    expect((await attach(donor, page, await phoneJpeg())).headers['location']).toBe(`${page}#photos`);
    await attach(donor, page, await phoneJpeg()); // the same twice is one
    await attach(donor, page, await notedPng(), 'invoice.exe');
    await attach(donor, page, await notedWebp());
    const fourth = await attach(donor, page, await phoneJpeg({ shade: 0x11 }));
    expect([fourth.status, fourth.text.includes('href="#f-photo"')]).toEqual([422, true]);
    expect((await attach(inspector, pageOf(one), await phoneJpeg({ shade: 0x22 }))).status).toBe(303);

    const shown = photosIn((await inspector.get(pageOf(one))).text);
    expect(shown).toHaveLength(4);
    const photo = await manager.get(shown[0] ?? '').expect(200);
    expect(photo.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'content-disposition': 'inline; filename="photo.jpg"',
    });
    expect(Buffer.from(photo.body).toString('latin1')).not.toMatch(/GPS|Wang/);
    expect(await GoodsPhoto.findOne({ offer: one._id }).lean()).not.toMatchObject({ sealed: expect.stringContaining('JFIF') });
    const visitor = request.agent(county.url);
    expect(photosIn((await visitor.get(page)).text)).toHaveLength(4);
    await visitor.get(photosIn((await visitor.get(page)).text)[0] ?? '').expect(200);
    const id = shown[0]?.split('/').at(-1);
    await visitor.get(shown[0] ?? '').expect(303); // the staff's address asks who it is
    await donor.get(shown[0] ?? '').expect(403);
    await visitor.get(`/goods-offers/${(await offer()).code}/photos/${id}`).expect(404); // a photo of another offer
  });

  test('what is no photo, or too large, is told at its field; who only has the link of a member’s offer adds none', async () => {
    const one = await offer();
    const page = `/goods-offers/${one.code}`;
    for (const bytes of [Buffer.from('<svg onload="alert(1)"/>'), Buffer.alloc(6_000_001), (await phoneJpeg()).subarray(0, 200)]) {
      const answer = await attach(donor, page, bytes, 'invoice.jpg');
      expect([answer.status, answer.text.includes('href="#f-photo"')]).toEqual([422, true]);
    }
    expect((await attach(manager, page, await phoneJpeg())).status).toBe(403);
    expect((await submit(manager, page, `${page}/photos/gph_0123456789abcdefghjk/removals`, {})).status).toBe(403);
    expect((await now(one)).photos ?? []).toEqual([]);
  });

  test('a photo with somebody on it is taken away whole; once the goods are valued the photos are evidence and stay', async () => {
    const one = await offer();
    const page = `/goods-offers/${one.code}`;
    await attach(donor, page, await phoneJpeg());
    await attach(inspector, pageOf(one), await phoneJpeg({ shade: 0x33 }));
    const [own, theirs] = (await now(one)).photos ?? [];
    expect((await submit(donor, page, `${page}/photos/${theirs?.id}/removals`, {})).status).toBe(404); // the inspector's is not the giver's
    expect((await submit(donor, page, `${page}/photos/${own?.id}/removals`, {})).status).toBe(303);
    expect(await GoodsPhoto.countDocuments({ offer: one._id })).toBe(1);
    expect((await attach(donor, page, await phoneJpeg())).status).toBe(303); // it may come again

    await inspect(one, ['200', '30']);
    await submit(manager, pageOf(one), `${pageOf(one)}/acceptances`, {});
    await submit(valuer, pageOf(one), `${pageOf(one)}/valuations`, { 'lines.0.line': '0', 'lines.1.line': '1' });
    expect((await now(one)).state.name).toBe('valued');
    const after = (await inspector.get(pageOf(one))).text;
    expect([photosIn(after).length, after.includes('/removals'), after.includes('name="photo"')]).toEqual([2, false, false]);
    expect((await submit(inspector, pageOf(one), `${pageOf(one)}/photos/${theirs?.id}/removals`, {})).status).toBe(409);
  });
});

test('goods past their last day are no goods: not when looked at, not when accepted, not when valued', async () => {
  const [late, kept, gone] = [
    await offer({ 'lines.0.lastDay': shanghaiDay(ctx.clock.now()) }),
    await offer({ 'lines.0.lastDay': shanghaiDay(ctx.clock.now()) }),
    await offer({ 'lines.0.lastDay': shanghaiDay(ctx.clock.now()) }),
  ];
  await inspect(kept, ['200', '30']);
  await inspect(gone, ['200', '0']);
  await submit(manager, pageOf(kept), `${pageOf(kept)}/acceptances`, {});
  county.stage.clock.advance(86_400_000);
  const seen = (usable: number) =>
    codeOf(
      inspectGoods(as('finance-1'), {
        id: late._id,
        lines: [
          { line: 0, usable },
          { line: 1, usable: 30 },
        ],
      }),
    );
  expect([await seen(1), await seen(0)]).toEqual(['lines.0.usable best-before-over', 'done']);
  expect(await codeOf(acceptGoods(as('manager-1'), { id: gone._id }))).toBe('goods.none-usable');
  const priced = (line: number) => valueGoods(as('finance-2'), { id: kept._id, lines: [{ line, unitPrice: fen(5_00), evidence: '发票' }] });
  expect(await codeOf(priced(0))).toBe('lines.0.unitPrice best-before-over');
  await priced(1);
  expect(await now(kept)).toMatchObject({ valueFen: 150_00, lines: [{ usable: 0 }, { usable: 30 }] });
});
