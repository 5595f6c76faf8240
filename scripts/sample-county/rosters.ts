import { bringRoster, confirmRoster, handInRoster, writeRosterRows } from '../../server/donations';
import type { LocalDate } from '../../server/kernel/local-date';
import { organisations } from './cast';
import type { Stage } from './stage';
import { recordGift } from './year-of-giving';

const surnames = ['张', '李', '王', '赵', '刘', '陈', '杨', '孙', '周', '吴', '郑', '冯', '韩', '曹', '许'];
const names = ['建国', '秀兰', '海燕', '志强', '丽', '伟', '敏', '春梅', '永生', '玉珍', '磊', '晓东', '芳', '国庆', '红'];
const uses = ['', '', '因病救助', '因学救助', '', '老人关爱'];

/** Rows of a collection: so many members with 20, 50 or 100 yuan each. */
function membersOf(count: number): { rows: string[]; yuan: number } {
  const sums = [50, 20, 100, 50];
  const rows = Array.from({ length: count }, (_, n) => {
    const name = `${surnames[n % surnames.length]}${names[Math.floor(n / surnames.length) % names.length]}`;
    return [name, `${sums[n % sums.length]}.00`, uses[n % uses.length], n % 5 === 0 ? '是' : '否'].join();
  });
  return { rows, yuan: Array.from({ length: count }, (_, n) => sums[n % sums.length] ?? 0).reduce((sum, one) => sum + one, 0) };
}

async function brought(stage: Stage, key: string, day: LocalDate, { rows, yuan }: { rows: string[]; yuan: number }, serial: number) {
  const giver = organisations.find((one) => one.key === key) ?? organisations[2];
  const gift = await recordGift(stage, day, giver, yuan, 'general', serial);
  const bytes = Buffer.from(['姓名,金额,用途,署名', ...rows].join('\n'));
  return bringRoster(stage.as('finance-1'), { bytes, fileName: `${giver.name}捐款名册（演示）.csv`, gift: gift.number });
}

/** A collection of the trade union whose members' parts have been booked. */
export async function bookedRoster(stage: Stage): Promise<void> {
  stage.moveTo(stage.daysAgo(76));
  const { _id: id } = await brought(stage, 'union', stage.daysAgo(77), membersOf(216), 9101);
  await handInRoster(stage.as('finance-1'), { id });
  await confirmRoster(stage.as('finance-2'), { id, code: await stage.signingCode('finance-2') });
  await writeRosterRows(stage.system, { rosterId: id });
}

/** One that waits for a second person, and one with rows to mend. */
export async function openRosters(stage: Stage): Promise<void> {
  const day = stage.daysAgo(10);
  const { _id: id } = await brought(stage, 'women', day, membersOf(64), 9102);
  await handInRoster(stage.as('finance-1'), { id });
  const wrong = membersOf(40);
  const rows = wrong.rows.map((row, n) =>
    n === 6 ? row.replace('100.00', '一百') : n === 17 ? `,${row.split(',').slice(1).join()}` : row,
  );
  await brought(stage, 'union', day, { ...wrong, rows }, 9103);
}
