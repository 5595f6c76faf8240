import { once } from './once';

/** A button that opens a dialog instead of sending at once; without script it sends the form and the server asks. */
export function enhanceConfirmations(root: ParentNode): void {
  once<HTMLButtonElement>(root, '[data-opens]', (button) => {
    button.addEventListener('click', (event) => {
      const dialog = document.getElementById(button.dataset['opens'] ?? '');
      if (!(dialog instanceof HTMLDialogElement)) return;
      event.preventDefault();
      if (button.form?.reportValidity() === false) return; // first what is missing, then the question
      dialog.showModal();
    });
  });
  once<HTMLElement>(root, '[data-closes]', (button) => button.addEventListener('click', () => button.closest('dialog')?.close()));
}
