/**
 * A form that came back with errors: each line of their list gets the name of its field, which only the page knows, and the list gets the
 * focus, so that a screen reader says it first.
 */
export function focusErrors(root: ParentNode): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>('.error-box li > a')) nameField(link);
  root.querySelector<HTMLElement>('[data-focus]')?.focus();
}

function nameField(link: HTMLAnchorElement): void {
  const field = document.getElementById(link.hash.slice(1));
  const label = field?.querySelector('legend') ?? document.querySelector(`label[for="${CSS.escape(link.hash.slice(1))}"]`);
  const name = label?.firstChild?.textContent?.trim();
  if (!name || link.dataset['named']) return;
  link.dataset['named'] = name;
  link.prepend(document.documentElement.lang.startsWith('zh') ? `${name}：` : `${name}: `);
}
