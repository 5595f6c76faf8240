import type { Locale } from '../kernel/context';
import type { PayAttempt } from './gift.model';
import type { KeptGiver } from './kept-giver.model';

/** In which language a giver is told of it: the one in which he gave. Chinese where staff took it down. */
export function languageOf({ locale, attempts = [] }: Pick<KeptGiver, 'locale'> & { attempts?: readonly PayAttempt[] }): Locale {
  return locale ?? attempts[0]?.locale ?? 'zh-CN';
}
