import { once } from './once';

/** Filters act as soon as a choice is made; text waits for Enter or the button. Empty filters stay out of the address. */
export function enhanceFilters(root: ParentNode): void {
  once<HTMLFormElement>(root, 'form[data-auto-submit]', (form) => {
    form.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLSelectElement) form.requestSubmit();
    });
    form.addEventListener('submit', () => {
      for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) field.disabled = field.value === '';
    });
  });
}

// Coming back by the browser's button shows the page as it was left: with those fields still switched off.
window.addEventListener('pageshow', () => {
  for (const field of document.querySelectorAll<HTMLInputElement>('form[data-auto-submit] :disabled')) field.disabled = false;
});
