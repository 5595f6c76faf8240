/**
 * A form that came back stands at the address it was sent to. In the history it gets the address of the page it was sent from: whoever goes
 * back to it gets that page, not the browser's question whether to send everything once more.
 */
export function placeReturnedForm(): void {
  const from = document.referrer;
  if (!document.querySelector('.error-box') || !from.startsWith(`${location.origin}/`)) return;
  history.replaceState(history.state, '', from);
}
