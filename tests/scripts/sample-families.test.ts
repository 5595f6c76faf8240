import { families } from '../../scripts/sample-county/cast';
import { membersOf } from '../../scripts/sample-county/settle-families';
import { localDate } from '../../server/kernel/local-date';
import { parseResidentId } from '../../server/kernel/resident-id';

const today = localDate('2026-11-24');
const heads = [...families.map(({ head }) => head), '王桂英', '罗建军'];
const people = heads.map((head, order) =>
  membersOf({ head, heads: 5, order }).map(({ name, relation, idNumber }) => {
    const read = parseResidentId(idNumber, today);
    if (!read.ok) throw new Error(`${name}: ${read.fault}`);
    return { name, relation, sex: read.value.sex, year: Number(read.value.birth.slice(0, 4)) };
  }),
);

test.each(people.map((family) => [family[0]?.name ?? '', family] as const))('the sample family of %s could be one', (_, family) => {
  const [head, spouse, son, daughter, parent] = family;
  if (!head || !spouse || !son || !daughter || !parent) throw new Error('five members');
  expect([head.sex, spouse.sex].sort()).toEqual(['female', 'male']);
  expect([son.sex, daughter.sex, parent.sex]).toEqual(['male', 'female', 'male']);
  for (const child of [son, daughter]) expect(child.year - Math.max(head.year, spouse.year)).toBeGreaterThanOrEqual(20);
  expect(head.year - parent.year).toBeGreaterThanOrEqual(20);
  const father = head.sex === 'male' ? head : spouse;
  expect([son.name[0], daughter.name[0]]).toEqual([father.name[0], father.name[0]]);
});

test.each`
  head          | sex
  ${'李春梅'}   | ${'female'}
  ${'赵敏'}     | ${'female'}
  ${'欧阳建国'} | ${'male'}
`('$head is $sex', ({ head, sex }) => {
  expect(people.find(([first]) => first?.name === head)?.[0]?.sex).toBe(sex);
});
