import { once } from './once';

/** The button over an A4 page. */
export function enhancePrinting(root: ParentNode): void {
  once<HTMLButtonElement>(root, '[data-print]', (button) => {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  });
}
