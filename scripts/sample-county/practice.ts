import { type Giving, prepareGiving } from '../../server/donations';
import type { Config } from '../../server/platform/config/config';

/** The practice provider, with its controls: what only it can let happen. */
export interface Practice {
  giving: Giving;
  happen(happening: string, id?: string): Promise<void>;
  /** Sets its clock; without a moment it is now again. */
  setTime(moment?: Date): Promise<void>;
  /** Pays on its pay page, as a payer would. */
  pay(page: string): Promise<void>;
}

/** Undefined where the county takes no cards, or from a provider that is not there to practise with. */
export async function practiceOf(config: Config): Promise<Practice | undefined> {
  const giving = await prepareGiving(config);
  const { apiBase, secretKey } = config.stripe ?? {};
  if (!giving || !apiBase) return undefined;
  const headers = { authorization: `Bearer ${secretKey}` };
  const happen = async (happening: string, id = '') => {
    const answer = await fetch(new URL(`/_ctl/${happening}/${id}`, apiBase), { method: 'POST', headers });
    if (!answer.ok) throw new Error(`the practice provider did not let ${happening} happen: ${answer.status}`);
  };
  return {
    giving,
    happen,
    setTime: (moment) => happen('set-time', moment?.toISOString()),
    pay: async (page) => {
      await fetch(page, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ outcome: 'pay', method: 'card' }) });
    },
  };
}
