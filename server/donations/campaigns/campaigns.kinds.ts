import { defineKind, defineSeries } from '../../ledger';

/** `K-2026-000001`, of a campaign. */
export const campaignNumbers = defineSeries({ name: 'campaign', prefix: 'K' });

/** Drafted, opened, changed, stopped, ended, dropped. Notes: money comes as gifts. */
export const campaignNoted = defineKind({ name: 'campaign.noted', by: ['fundManager', 'system'] });
