import type { Clock } from './clock';
import type { Random } from './random';
import type { Grant } from './roles';

/** Who acts. `id` is a random id (`usr_…`, `kio_…`) or `system:<job>`: never a name. */
export interface Actor {
  id: string;
  kind: 'person' | 'kiosk' | 'system';
  grants: readonly Grant[];
  /** The permission by which a guard let this call pass: it reaches only what a grant that carries the permission reaches. */
  via?: string;
  /** The access token by which a program acts for the person; the call has these permissions only. Absent for a person in a browser. */
  token?: { id: string; permissions: readonly string[] };
}

export type Locale = 'zh-CN' | 'en';

/** What every act needs to know about its call. Made once per request, job or seed step, and passed on unchanged. */
export interface Context {
  /** The county whose data this is; it leads every index and filter. */
  ledger: string;
  actor: Actor;
  clock: Clock;
  random: Random;
  locale: Locale;
  requestId?: string;
  /** A web request's acts must not take effect after this: by then the person was told that the outcome is unknown. */
  notAfter?: Date;
}
