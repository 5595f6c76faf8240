import { formatYuan, yuanToFen } from '../../server/kernel/money-text';
import { once } from './once';

/** The give page says the sum beside the form and on its button, as it is chosen or typed. Without script the next page says it. */
export function enhanceGiving(root: ParentNode): void {
  once<HTMLFormElement>(root, 'form[data-give-form]', (form) => {
    const panel = document.querySelector<HTMLElement>('[data-give-panel]');
    const onButton = form.querySelector<HTMLElement>('[data-give-sum]');
    document.querySelector('[data-give-plain]')?.setAttribute('hidden', '');
    panel?.removeAttribute('hidden');
    const show = () => {
      const sum = sumOf(form);
      const sums = panel?.querySelectorAll('.figure') ?? [];
      if (onButton) onButton.hidden = sum === undefined;
      for (const figure of [sums[0], sums[2], onButton]) if (figure) figure.textContent = sum ?? '–';
    };
    form.addEventListener('input', show);
    show();
  });
}

/** The typed sum, else the chosen card, read and written as the server does; nothing when it is no sum. */
function sumOf(form: HTMLFormElement): string | undefined {
  const data = new FormData(form);
  const typed = String(data.get('otherAmount') ?? '').trim();
  const sum = yuanToFen(typed || String(data.get('amount') ?? ''));
  return sum === undefined ? undefined : formatYuan(sum);
}
