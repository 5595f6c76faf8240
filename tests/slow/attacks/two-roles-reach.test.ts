import mongoose from 'mongoose';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { AidCase } from '../../../server/aid/aid-case.model';
import { PaymentBatch } from '../../../server/payments/payment-batch.model';
import { totpCode, totpStep } from '../../../server/platform/totp/totp';
import { Shop } from '../../../server/supermarket/shop.model';
import { useCountyApp } from '../../support/county-app';
import { agentOf, samplePerson, submit, tokenOn } from '../../support/sign-in';

const county = useCountyApp();
const elsewhere = '130499201'; // Qinghe
const tokenIn = (html: string) => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

async function caseInAnning(): Promise<AidCase> {
  const found = await AidCase.findOne({ ledger: 'hean', village: /^130499101/ }).lean<AidCase>();
  if (!found) throw new Error('the small county has no case in Anning');
  return found;
}

describe('a person with two roles acts in each only where that role holds', () => {
  test('a township officer who is a cadre of another township’s village does not review there', async () => {
    const { _id, village } = await caseInAnning();
    const grants = [
      { role: 'townshipOfficer', scope: elsewhere },
      { role: 'villageCadre', scope: village },
    ] as const;
    const person = await samplePerson(county.ctx, grants);
    const agent = await agentOf(county.app, person._id, county.ctx);
    const page = await agent.get(`/aid/cases/${_id}`);
    expect(page.status).toBe(200);
    const sent = { _csrf: tokenIn(page.text), do: 'return', opinion: '再核一次' };
    expect((await agent.post(`/aid/cases/${_id}/reviews`).type('form').send(sent)).status).toBe(404);
  });

  test('a township officer who belongs to a family elsewhere does not see or decide the family’s case as an officer', async () => {
    const { _id, household } = await caseInAnning();
    const grants = [
      { role: 'townshipOfficer', scope: elsewhere },
      { role: 'household', scope: household },
    ] as const;
    const person = await samplePerson(county.ctx, grants);
    const agent = await agentOf(county.app, person._id, county.ctx);
    expect((await agent.get('/my/aid')).status).toBe(200);
    expect((await agent.get(`/households/${household}`)).status).toBe(404);
    expect((await agent.get(`/api/v1/aid/cases/${_id}`)).status).toBe(404);
  });

  test('a clerk of one shop who is a cadre of another shop’s village receives no delivery there', async () => {
    const other = await Shop.findOne({ ledger: 'hean' }).lean<Shop>();
    const grants = [
      { role: 'villageCadre', scope: other?.village ?? '' },
      { role: 'shopClerk', scope: 'shp_00000000000000000000' },
    ] as const;
    const person = await samplePerson(county.ctx, grants);
    const agent = await agentOf(county.app, person._id, county.ctx);
    expect((await agent.get(`/shops/${other?._id}/redemptions`)).status).toBe(200);
    expect((await agent.get(`/shops/${other?._id}/deliveries/new`)).status).toBe(404);
  });
});

describe('one administrator alone', () => {
  const password = 'seven cold coins';
  const moneyOf = () =>
    Promise.all(
      ['entries', 'aidCases', 'paymentBatches', 'paymentLines'].map((name) =>
        mongoose.connection.collection(name).find().sort({ _id: 1 }).toArray(),
      ),
    );

  /** Invites somebody, opens the link, and sets password and authenticator; all by the one administrator. */
  async function puppet(admin: TestAgent, role: string, order: number): Promise<{ id: string; grant: string; agent: TestAgent }> {
    const mobile = `1370000880${order}`;
    const invitation = { name: '韩雪', mobile, role, scope: '130499', requestKey: `puppet-${role}-${order}` };
    const { text } = await submit(admin, '/people', '/people', invitation);
    const link = /\/password\?link(?:=|&#x3D;)(lnk_\w+)/.exec(text)?.[1] ?? '';
    const id = /href="\/people\/(usr_\w+)"/.exec(text)?.[1] ?? '';
    const agent = request.agent(county.url);
    await submit(agent, `/password?link=${link}`, '/password', { link, newPassword: password, again: password });
    await submit(agent, '/sign-in', '/sign-in', { account: mobile, password });
    const enrolment = await agent.get('/sign-in/enrolment');
    const secret = (/<code[^>]*>([A-Z2-7 ]+)<\/code>/.exec(enrolment.text)?.[1] ?? '').replaceAll(' ', '');
    const code = await totpCode(secret, totpStep(county.ctx.clock.now()));
    expect((await submit(agent, '/sign-in/enrolment', '/sign-in/enrolment', { code })).headers['location']).toBe('/me/recovery-codes');
    const person = await admin.get(`/api/v1/people/${id}`);
    return { id, grant: person.body.grants[0].id, agent };
  }

  test('invites a manager, three finance officers and an administrator, is all of them, and pays nobody', async () => {
    const admin = await county.agentOf('admin');
    const before = await moneyOf();
    const roles = ['fundManager', 'financeOfficer', 'financeOfficer', 'financeOfficer', 'countyAdmin'];
    const puppets: Awaited<ReturnType<typeof puppet>>[] = [];
    for (const [order, role] of roles.entries()) {
      await county.forgetLimits();
      puppets.push(await puppet(admin, role, order));
    }
    const aid = await AidCase.findOne({ 'state.name': 'townshipReviewed' }).lean<AidCase>();
    const batch = await PaymentBatch.findOne({}).lean<PaymentBatch>();
    expect([aid, batch]).toEqual([expect.anything(), expect.anything()]);
    const [first] = puppets;
    const tries = [
      `/aid/cases/${aid?._id}/approvals`,
      '/payments/batches',
      `/payments/batches/${batch?._id}/signatures`,
      `/people/${first?.id}/grants/${first?.grant}/confirmation`,
    ];
    for (const { agent, id, grant } of puppets) {
      const token = await tokenOn(agent, '/me');
      for (const path of tries) {
        const answer = await agent.post(`/api/v1${path}`).set('x-csrf-token', token).send({ code: '000000' });
        expect([path, answer.status]).toEqual([path, 403]);
      }
      expect((await agent.get(`/payments/batches/${batch?._id}/file`)).status).toBe(403);
      const own = await submit(admin, '/me', `/people/${id}/grants/${grant}/confirmation`, { code: '000000' });
      expect([own.status, own.text.includes('要换一个人来做')]).toEqual([409, true]);
    }
    expect(await moneyOf()).toEqual(before);
  });
});
