import { once } from './once';

/** Shows what is typed into a password field, and hides it again. */
export function enhancePasswords(root: ParentNode): void {
  once<HTMLButtonElement>(root, '[data-shows]', (button) => {
    const field = document.getElementById(button.dataset['shows'] ?? '');
    if (!(field instanceof HTMLInputElement)) return;
    const label = button.querySelector('span');
    const [show, hide] = [label?.textContent ?? '', button.dataset['hide'] ?? ''];
    button.hidden = false;
    button.addEventListener('click', () => {
      const shown = field.type === 'text';
      field.type = shown ? 'password' : 'text';
      if (label) label.textContent = shown ? show : hide;
    });
  });
}
