import { pinyin } from 'pinyin-pro';
import { halfWidth } from './half-width';

/** How a name is found and sorted; stored with it, so that a list never converts names while it sorts. */
export interface NameKeys {
  /** For sorting: `zhang wei`. The blank keeps `zhang wei` before `zhangjia…`. */
  sortKey: string;
  /** For searching by full sound: `zhangwei`; ü is v, as people type it. */
  spelling: string;
  /** For searching by first letters: `zw`. */
  initials: string;
}

/**
 * The search keys of a name of a person or body. A first character that is a surname sounds as one (单 shan, 曾 zeng, 尉迟 yuchi);
 * letters and digits stay, small; a character that the dictionary lacks stays itself.
 */
export function nameKeys(name: string): NameKeys {
  const sounds = pinyin(halfWidth(name), { surname: 'head', toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' });
  const words = sounds.flatMap((sound) => sound.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? []);
  return {
    sortKey: words.join(' '),
    spelling: words.join(''),
    initials: words.flatMap((word) => [...word].slice(0, 1)).join(''),
  };
}
