import { showTime } from './clock';
import { watchIdling } from './idle';
import { leaveByItself } from './leave';
import { enhancePads } from './pad';
import { keepScannerField } from './scan';
import { enhanceSpeech } from './speech';

// Every page of the kiosk works without this file.
showTime();
keepScannerField();
enhancePads();
enhanceSpeech();
watchIdling();
leaveByItself();

// A page kept by the browser may show who was here before: ask for it anew.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

document.querySelector('[data-do="print"]')?.addEventListener('click', (event) => {
  event.preventDefault();
  print();
});

// One tap is one request, however often the finger comes down.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-once]')) {
  form.addEventListener('submit', () => {
    for (const button of form.querySelectorAll('button')) button.disabled = true;
  });
}
