import { once } from './once';

const shownForMs = 2000;

/** Shows the copy buttons where the browser can copy, and says "copied" beside them. */
export function enhanceCopyButtons(root: ParentNode): void {
  if (!navigator.clipboard) return;
  once<HTMLButtonElement>(root, '[data-copy]', (button) => {
    button.hidden = false;
    button.addEventListener('click', () => void copy(button));
  });
}

async function copy(button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText(button.dataset['copy'] ?? '');
  const said = document.createElement('span');
  said.className = 'small good';
  said.setAttribute('role', 'status');
  said.textContent = button.dataset['copied'] ?? '';
  button.after(said);
  setTimeout(() => said.remove(), shownForMs);
}
