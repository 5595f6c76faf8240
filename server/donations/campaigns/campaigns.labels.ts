import { may } from '../../identity';
import { type Label, nameDocuments, numberDocuments } from '../../ledger';
import { anyOf } from '../../platform/mongo/operators';
import { Campaign } from './campaign.model';
import { findCampaign } from './find-campaigns';

/** What the ledger's and the audit's pages call a campaign. */
nameDocuments('campaign', async (ctx, ids) => {
  const found = await Campaign.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1, title: 1 }).lean<
    Pick<Campaign, '_id' | 'number' | 'title'>[]
  >();
  const mayOpen = may(ctx.actor, 'gift.read');
  return new Map(
    found.map(({ _id, number, title }): [string, Label] => [
      _id,
      { text: `${number} ${title}`, ...(mayOpen && { href: `/donations/campaigns/${number}` }) },
    ]),
  );
});

numberDocuments('campaign', async (ctx, number) => {
  const found = may(ctx.actor, 'gift.read') ? await findCampaign(ctx, number) : undefined;
  return found && { id: found._id };
});
