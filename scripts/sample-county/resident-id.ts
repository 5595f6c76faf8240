import { localDate } from '../../server/kernel/local-date';
import { parseResidentId } from '../../server/kernel/resident-id';

const area = '130499'; // in no list of divisions: nobody has such a number

/** An identity number with a right check digit that belongs to nobody. */
export function inventedId(birth: string, order: number): string {
  const start = `${area}${birth.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  for (const check of '0123456789X') if (parseResidentId(`${start}${check}`, localDate('2100-01-01')).ok) return `${start}${check}`;
  throw new Error(`no identity number begins with ${start}`);
}
