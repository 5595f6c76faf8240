/** 听一听: the browser reads the page aloud; pressing again stops. Without a voice the key goes away. */
export function enhanceSpeech(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-do="listen"]');
  const label = button?.querySelector('span');
  if (!button || !label) return;
  if (!('speechSynthesis' in window)) {
    button.disabled = true;
    return;
  }
  const [silent, speaking] = [label.textContent ?? '', button.dataset['speaking'] ?? ''];
  const show = (isSpeaking: boolean) => {
    label.textContent = isSpeaking ? speaking : silent;
    button.classList.toggle('speaking', isSpeaking);
  };
  button.addEventListener('click', () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      show(false);
      return;
    }
    // biome-ignore lint/performance/useDomNodeTextContent: the text as it is shown; textContent would read hidden words aloud
    const words = new SpeechSynthesisUtterance(document.querySelector('main')?.innerText ?? '');
    words.lang = document.documentElement.lang;
    words.rate = 0.9; // old ears
    words.onend = () => show(false);
    speechSynthesis.speak(words);
    show(true);
  });
  addEventListener('pagehide', () => speechSynthesis.cancel());
}
