import type { RuleHead } from './point-rule.model';

const icons: Readonly<Record<RuleHead, string>> = {
  work: 'briefcase',
  filial: 'users',
  home: 'home-check',
  service: 'building-community',
  neighbour: 'heart-handshake',
  learning: 'school',
};

/** The picture of a head of the rule book, a symbol of `public/img/icons.svg`. */
export function iconOf(head: RuleHead): string {
  return icons[head];
}
