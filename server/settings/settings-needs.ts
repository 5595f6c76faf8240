import type { Actor, Context, Locale } from '../kernel/context';
import type { Guard } from '../platform/http/guard';

type SettingPermission = 'settings.read' | 'settings.propose' | 'settings.confirm';

/**
 * What the pages of settings need from rooms on their level or above it: guards and names of people (identity), places (regions).
 * `server/app.ts` passes them in (docs/decisions/0004).
 */
export interface SettingsNeeds {
  allow(permission: SettingPermission): Guard;
  /** Whether to show what the person may do; the guard of the route decides. */
  may(actor: Actor, permission: SettingPermission): boolean;
  /** Masked names of people by id. */
  namesOf(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The places whose numbers the person may change, the county first. */
  places(ctx: Context): readonly { code: string; name: string }[];
  placeName(code: string, locale: Locale): string;
}
