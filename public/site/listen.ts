import { once } from './once';

/** 听一听: the browser reads the page aloud; pressing again stops. The button shows only where there is a voice. */
export function enhanceListening(root: ParentNode): void {
  if (!('speechSynthesis' in window)) return;
  once<HTMLButtonElement>(root, '[data-listen]', (button) => {
    const label = button.querySelector('span');
    const [silent, speaking] = [label?.textContent ?? '', button.dataset['speaking'] ?? ''];
    const say = (text: string) => {
      if (label) label.textContent = text;
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      if (speechSynthesis.speaking) {
        speechSynthesis.cancel();
        say(silent);
        return;
      }
      // biome-ignore lint/performance/useDomNodeTextContent: the text as it is shown; textContent would read hidden words aloud
      const words = new SpeechSynthesisUtterance(document.querySelector('main')?.innerText ?? '');
      words.lang = document.documentElement.lang;
      words.rate = 0.9; // old ears
      words.onend = () => say(silent);
      speechSynthesis.speak(words);
      say(speaking);
    });
  });
}
