import { once } from './once';

const switchedOff = 'warm-heart.keys-off';

/** J and K move through the rows, X ticks, Enter opens: only while the list has the focus, and only until switched off. */
export function enhanceListKeys(root: ParentNode): void {
  once<HTMLElement>(root, '[data-list-keys]', (list) => {
    if (!showHint(list)) return;
    list.querySelector<HTMLElement>('.table-scroll')?.setAttribute('aria-keyshortcuts', 'J K X Enter');
    list.addEventListener('keydown', (event) => {
      if (acts(event)) handle(list, event);
    });
    offerSwitch(list);
  });
  focusSearchOnSlash();
}

/** Names the keys that do something in this list; false when none does, such as in a shelf whose rows lead nowhere. */
function showHint(list: HTMLElement): boolean {
  const hint = list.querySelector<HTMLElement>('[data-keys-hint]');
  const [ticks, opens] = ['tbody input[data-tick]', 'tbody a'].map((what) => list.querySelector(what) !== null);
  if (!ticks && !opens) return false;
  if (hint) hint.hidden = false;
  if (!ticks) hint?.querySelector('[data-keys-tick]')?.remove();
  if (!opens) hint?.querySelector('[data-keys-open]')?.remove();
  return true;
}

function acts(event: KeyboardEvent): boolean {
  if (localStorage.getItem(switchedOff) || event.ctrlKey || event.metaKey || event.altKey) return false;
  const { target } = event;
  return !(target instanceof Element && target.matches('input:not([type=checkbox]), select, textarea, [contenteditable]'));
}

function handle(list: HTMLElement, event: KeyboardEvent): void {
  const rows = [...list.querySelectorAll<HTMLElement>('tbody tr')];
  const at = rows.findIndex((row) => row.classList.contains('current-row'));
  const row = rows[at];
  const key = event.key.toLowerCase();
  if (key === 'j') move(rows, at, at + 1);
  else if (key === 'k') move(rows, at, at - 1);
  else if (key === 'x') row?.querySelector<HTMLInputElement>('input[data-tick]')?.click();
  else if (key === 'enter' && row && !(event.target instanceof Element && event.target.matches('a, button')))
    row.querySelector('a')?.click();
  else return;
  event.preventDefault();
}

function move(rows: readonly HTMLElement[], from: number, to: number): void {
  const row = rows[Math.max(0, Math.min(to, rows.length - 1))];
  rows[from]?.classList.remove('current-row');
  row?.classList.add('current-row');
  row?.scrollIntoView({ block: 'nearest' });
}

function offerSwitch(list: HTMLElement): void {
  const button = list.querySelector<HTMLButtonElement>('[data-keys-off]');
  const [whenOn, whenOff] = [button?.textContent ?? '', button?.dataset['on'] ?? ''];
  const label = () => {
    if (button) button.textContent = localStorage.getItem(switchedOff) ? whenOff : whenOn;
  };
  button?.addEventListener('click', () => {
    if (localStorage.getItem(switchedOff)) localStorage.removeItem(switchedOff);
    else localStorage.setItem(switchedOff, 'yes');
    label();
  });
  label();
}

let listening = false;

/** The slash goes to the search field of the top bar, unless something is being typed. */
function focusSearchOnSlash(): void {
  if (listening) return;
  listening = true;
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || !acts(event)) return;
    const field = document.querySelector<HTMLInputElement>('[data-search-key]');
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
}
