import { AidCase } from '../../server/aid/aid-case.model';
import { Shop } from '../../server/supermarket/shop.model';
import { useCountyApp } from '../support/county-app';
import { agentOf, samplePerson } from '../support/sign-in';

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
