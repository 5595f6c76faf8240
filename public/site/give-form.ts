import { once } from './once';

const around = /[,\s¥元]/g;

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

/** The typed sum, else the chosen card, as people read it; nothing when it is no sum. Whole fen, no floats. */
function sumOf(form: HTMLFormElement): string | undefined {
  const data = new FormData(form);
  const typed = String(data.get('otherAmount') ?? '').replace(around, '');
  const [, yuan, decimals = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed || String(data.get('amount') ?? '')) ?? [];
  if (yuan === undefined) return undefined;
  return `¥${String(Number(yuan)).replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals.padEnd(2, '0')}`;
}
