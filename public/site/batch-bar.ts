import { once } from './once';

/** The bar of a selection: hidden until a row is ticked, then it counts the rows and adds up their sums (whole fen). */
export function enhanceBatchBars(root: ParentNode): void {
  once<HTMLElement>(root, '[data-batch-bar]', (bar) => {
    const form = bar.closest('form');
    if (!form) return;
    const update = () => show(bar, form);
    form.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.matches('[data-tick-all]')) tickAll(form, target.checked);
      update();
    });
    // The boxes are cleared after the event.
    form.addEventListener('reset', () => setTimeout(update));
    update();
  });
}

function boxes(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[data-tick]')];
}

function tickAll(form: HTMLFormElement, checked: boolean): void {
  for (const box of boxes(form)) box.checked = checked;
}

function show(bar: HTMLElement, form: HTMLFormElement): void {
  const ticked = boxes(form).filter(({ checked }) => checked);
  bar.hidden = ticked.length === 0;
  const fen = ticked.reduce((total, { dataset }) => total + Number(dataset['fen'] ?? 0), 0);
  const text = bar.querySelector('[data-batch-text]');
  text?.replaceChildren(...fill(bar.dataset['text'] ?? '', { count: String(ticked.length), sum: yuan(fen) }));
}

/** "已选 {count} 件" with the values in bold. */
function fill(template: string, values: Record<string, string>): Node[] {
  return template.split(/\{(\w+)\}/).map((piece, index) => {
    if (index % 2 === 0) return document.createTextNode(piece);
    const bold = document.createElement('b');
    bold.className = 'nobreak';
    bold.textContent = values[piece] ?? '';
    return bold;
  });
}

/** As the server writes it: digits are cut as text, never through a fraction. */
function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '\u2212' : ''}\u00a5${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`;
}
