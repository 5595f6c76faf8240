/** The ten keys on the screen type into the form's field; a PIN is sent with its last digit. */
export function enhancePads(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('[data-pad]')) {
    const field = form.querySelector<HTMLInputElement>('.pad-field input');
    if (!field) continue;
    const most = Number(form.dataset['pad']);
    const dots = form.querySelector<HTMLElement>('[data-dots]');
    form.classList.add('with-keys');
    for (const shown of form.querySelectorAll<HTMLElement>('[data-keys], [data-dots]')) shown.hidden = false;
    for (const spare of form.querySelectorAll<HTMLElement>('[data-without-script]')) spare.hidden = true;

    const typed = () => {
      for (const [at, dot] of [...(dots?.children ?? [])].entries()) dot.classList.toggle('typed', at < field.value.length);
      dots?.setAttribute('aria-label', (dots.dataset['dots'] ?? '').replace('{count}', String(field.value.length)));
      if (form.hasAttribute('data-send') && field.value.length === most) form.requestSubmit();
    };
    field.addEventListener('input', typed);
    form.addEventListener('click', ({ target }) => {
      const key = target instanceof Element ? target.closest<HTMLElement>('[data-digit], [data-erase]') : null;
      if (!key) return;
      const { digit, erase } = key.dataset;
      if (digit && field.value.length < most) field.value += digit;
      if (erase) field.value = erase === 'all' ? '' : field.value.slice(0, -1);
      typed();
    });
    typed();
  }
}
