import { Household } from '../../server/households';
import { divisionCode } from '../../server/kernel/division-code';
import { useCountyApp } from '../support/county-app';
import { submit } from '../support/sign-in';

const county = useCountyApp();
const hewan = divisionCode('130499201201');

/** The last part of the action of each form whose section stands open. */
const openForms = (text: string) =>
  [...text.matchAll(/<details[^>]* open>.*?action="\/households\/[^"]*\/([^"/]+)"/gs)].map(([, action]) => action);

test.each`
  form                   | who                  | fields
  ${'bank-accounts'}     | ${'cadre-hewan'}     | ${{ holder: '张大明', account: '1', bank: '和安农商行' }}
  ${'unmaskings'}        | ${'cadre-hewan'}     | ${{ field: 'phone', reason: '' }}
  ${'income-statements'} | ${'cadre-hewan'}     | ${{ from: '2025-13-01', to: '' }}
  ${'monitorings'}       | ${'township-qinghe'} | ${{ group: 'none', cause: 'illness' }}
`('a refused form ($form) comes back open, and no other', async ({ form, who, fields }) => {
  const family = await Household.findOne({ ledger: 'hean', village: hewan, 'state.name': 'active' }).lean<Household>();
  const page = `/households/${family?._id}`;
  const { status, text } = await submit(await county.agentOf(who), page, `${page}/${form}`, fields);
  expect(status).toBe(422);
  expect(openForms(text)).toEqual([form]);
});
