import { may } from '../../identity';
import { type Label, nameDocuments, numberDocuments } from '../../ledger';
import { anyOf } from '../../platform/mongo/operators';
import { findRosterByNumber } from './find-rosters';
import { Roster } from './roster.model';

/** What the ledger's and the audit's pages call a roster: its number. */
nameDocuments('roster', async (ctx, ids) => {
  const found = await Roster.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1 }).lean<Pick<Roster, '_id' | 'number'>[]>();
  const mayOpen = may(ctx.actor, 'gift.read');
  return new Map(
    found.map(({ _id, number }): [string, Label] => [_id, { text: number, ...(mayOpen && { href: `/donations/rosters/${_id}` }) }]),
  );
});

numberDocuments('roster', async (ctx, number) => {
  const found = may(ctx.actor, 'gift.read') ? await findRosterByNumber(ctx, number) : undefined;
  return found && { id: found._id };
});
