import { recordBankGift, registerDonor } from '../../server/donations';
import type { Purpose } from '../../server/funds';
import { divisionCode } from '../../server/kernel/division-code';
import type { LocalDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { anning, organisations } from './cast';
import { demoPassword } from './found-county';
import type { Stage } from './stage';

type Organisation = (typeof organisations)[number];

const amounts = [3_000, 5_000, 8_000, 10_000, 20_000, 50_000];
const uses: readonly Purpose[] = ['general', 'illness', 'illness', 'schooling', 'disaster', 'general'];

/** The organisations register, each with the person who speaks for it. */
export async function registerDonors(stage: Stage): Promise<void> {
  for (const { key, kind, name, creditCode, contact, mobile } of organisations) {
    const requestKey = `donor-of-${key}`;
    const donor = await registerDonor(stage.system, {
      requestKey,
      kind,
      name,
      creditCode,
      contactName: contact,
      mobile,
      password: demoPassword,
    });
    const grants = [{ role: 'donorOwner' as const, scope: donor._id }];
    if (key === 'hengtong' && donor.registeredBy) stage.enter('donor', donor.registeredBy, grants);
  }
}

/** A transfer of one of the organisations, recorded by a finance officer on the day it arrived. */
export async function giveByBank(stage: Stage, day: LocalDate, n: number): Promise<void> {
  const giver = stage.pick(organisations);
  await recordGift(stage, day, giver, stage.pick(amounts), stage.pick(uses), n);
}

/** The gifts that the demo's first pages talk about; gives their ids. */
export async function namedGifts(stage: Stage, day: LocalDate): Promise<string[]> {
  const [hengtong, , union] = organisations;
  return [
    await recordGift(stage, day, hengtong, 10_000, 'general', 9001),
    await recordGift(stage, day, union, 60_000, 'illness', 9002),
    await recordGift(stage, day, union, 20_000, 'illness', 9003, anning),
  ].map(({ _id }) => _id);
}

/** A transfer as a finance officer records it; `n` makes the bank's serial number of that day. */
export async function recordGift(
  stage: Stage,
  day: LocalDate,
  giver: Organisation,
  yuan: number,
  purpose: Purpose,
  n: number,
  place?: string,
): Promise<{ _id: string; number: string }> {
  return recordBankGift(stage.as(stage.pick(['finance-1', 'finance-2'])), {
    requestKey: stage.key('gift'),
    bankSerial: `NSH${day.replaceAll('-', '')}${String(n).padStart(4, '0')}`,
    receivedOn: day,
    amount: fen(yuan * 100),
    giftNumber: undefined,
    checkedGiver: false,
    donorKind: giver.kind,
    payerName: giver.name,
    creditCode: giver.creditCode,
    purpose,
    place: place ? divisionCode(place) : undefined,
    lastDay: undefined,
    showName: true,
  });
}
