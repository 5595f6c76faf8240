import { randomId, seededRandom, systemRandom } from '../../server/kernel/random';

test('a seed repeats itself, and another seed does not', () => {
  const first = seededRandom('county');
  const again = seededRandom('county');
  expect(again.bytes(7)).toEqual(first.bytes(7));
  expect(again.bytes(100)).toEqual(first.bytes(100));
  expect(seededRandom('other').bytes(32)).not.toEqual(seededRandom('county').bytes(32));
});

test('how the bytes are asked for does not change them', () => {
  const whole = seededRandom('county').bytes(100);
  const piecemeal = seededRandom('county');
  expect(Buffer.concat([piecemeal.bytes(1), piecemeal.bytes(40), piecemeal.bytes(0), piecemeal.bytes(59)])).toEqual(whole);
});

test('an id has its prefix and 20 letters that can be read aloud', () => {
  const ids = Array.from({ length: 500 }, () => randomId(systemRandom, 'hh'));
  expect(new Set(ids).size).toBe(500);
  for (const id of ids) expect(id).toMatch(/^hh_[0-9a-hjkmnp-tv-z]{20}$/);
  expect(new Set(ids.join('').replaceAll('hh_', '')).size).toBe(32);
});
