import { once } from './once';

const shownForMs = 4000;

/** Shows the copy buttons, and says beside them what happened. */
export function enhanceCopyButtons(root: ParentNode): void {
  once<HTMLButtonElement>(root, '[data-copy]', (button) => {
    button.hidden = false;
    button.addEventListener('click', () => void copy(button));
  });
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const text = button.dataset['copy'] ?? '';
  if (await isWritten(text)) return say(button, 'copied');
  select(shownText(button, text));
  say(button, 'selected');
}

/** There is no clipboard without https or in an old browser, and a browser may refuse it. */
async function isWritten(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The text beside the button; one that is not shown is put there, so that it can be copied by hand. */
function shownText(button: HTMLButtonElement, text: string): Element {
  const before = button.previousElementSibling;
  if (before) return before;
  const shown = document.createElement('span');
  shown.textContent = text;
  button.before(shown);
  return shown;
}

function select(element: Element): void {
  getSelection()?.selectAllChildren(element);
}

function say(button: HTMLButtonElement, what: 'copied' | 'selected'): void {
  if (button.nextElementSibling?.getAttribute('role') === 'status') button.nextElementSibling.remove();
  const said = document.createElement('span');
  said.className = 'small good';
  said.setAttribute('role', 'status');
  said.textContent = button.dataset[what] ?? '';
  button.after(said);
  setTimeout(() => said.remove(), shownForMs);
}
