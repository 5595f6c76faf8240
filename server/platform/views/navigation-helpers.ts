import type { NavGroup, NavItem } from './locals';

const tabCount = 3; // the fourth tab of a phone is "more"

/** `{{#each (navTabs nav)}}`: the entries that a phone shows as bottom tabs, the first of the navigation. */
function navTabs(groups: readonly NavGroup[] | undefined): readonly NavItem[] {
  return (groups ?? []).flatMap(({ items }) => items).slice(0, tabCount);
}

/** `{{#each (pageNumbers page pages)}}`: first, last and the neighbours of the current page; a gap is 0. */
function pageNumbers(page: number, pages: number): readonly number[] {
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((number) => number >= 1 && number <= pages);
  return shown.flatMap((number, index) => (index > 0 && number - (shown[index - 1] ?? 0) > 1 ? [0, number] : [number]));
}

/** Whether the page shown (path with query) lies at an address or below it. */
function isCurrent(href: string, path: string | undefined): boolean {
  const [shown = ''] = (path ?? '').split('?');
  return shown === href || shown.startsWith(`${href}/`);
}

export const navigationHelpers = { navTabs, pageNumbers, isCurrent };
