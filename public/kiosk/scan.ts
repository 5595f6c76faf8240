/** A scanner types like a keyboard, wherever the focus is: keep it in the field that waits for a card. */
export function keepScannerField(): void {
  const field = document.querySelector<HTMLInputElement>('[data-scan] input');
  if (!field) return;
  field.focus({ preventScroll: true });
  addEventListener('keydown', ({ key, ctrlKey, altKey, metaKey }) => {
    const isTyped = key.length === 1 && !ctrlKey && !altKey && !metaKey;
    if (isTyped && document.activeElement !== field) field.focus({ preventScroll: true });
  });
}
