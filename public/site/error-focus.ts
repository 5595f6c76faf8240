/** A form that came back with errors: the list of them gets the focus, so that a screen reader says it first. */
export function focusErrors(root: ParentNode): void {
  root.querySelector<HTMLElement>('[data-focus]')?.focus();
}
