import { once } from './once';

/**
 * Whoever goes back to a form finds the choices as they were sent, and the plain fields that `data-keeps-choices` names; nothing that a
 * person typed of himself is kept. Without it the browser shows the form as new, and the sum is another one than before.
 */
export function keepChoices(root: ParentNode): void {
  once<HTMLFormElement>(root, 'form[data-keeps-choices]', (form) => {
    const place = `choices:${location.pathname}${location.search}`;
    if (hasComeBack()) putBack(form, read(place));
    form.addEventListener('submit', () => keep(place, choicesOf(form)));
  });
}

function hasComeBack(): boolean {
  const [how] = performance.getEntriesByType('navigation');
  return how instanceof PerformanceNavigationTiming && how.type === 'back_forward';
}

type Control = HTMLInputElement | HTMLSelectElement;
type Choice = [name: string, value: string, isChosen: boolean];

function controlsOf(form: HTMLFormElement): Control[] {
  const named = (form.dataset['keepsChoices'] ?? '').split(' ');
  const controls = form.querySelectorAll<Control>('select, input');
  return [...controls].filter(({ name, type }) => ['radio', 'checkbox', 'select-one'].includes(type) || named.includes(name));
}

const isTicked = (control: Control): control is HTMLInputElement => control.type === 'radio' || control.type === 'checkbox';

function choicesOf(form: HTMLFormElement): Choice[] {
  return controlsOf(form).map((control) => [control.name, control.value, isTicked(control) && control.checked]);
}

function putBack(form: HTMLFormElement, choices: readonly Choice[]): void {
  for (const control of controlsOf(form)) {
    if (isTicked(control)) {
      const kept = choices.find(([name, value]) => name === control.name && value === control.value);
      if (kept) control.checked = kept[2];
    } else control.value = choices.find(([name]) => name === control.name)?.[1] ?? control.value;
  }
}

function read(place: string): Choice[] {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '[]') as Choice[];
  } catch {
    return []; // the browser keeps nothing, or not what we wrote
  }
}

function keep(place: string, choices: readonly Choice[]): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(choices));
  } catch {
    // the browser keeps nothing: the form is as new
  }
}
