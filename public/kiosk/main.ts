/** The clock in the kiosk's header, in the reader's words: 上午 9:42. */
function showTime(): void {
  const clock = document.querySelector('[data-clock]');
  if (clock)
    clock.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: 'numeric', minute: '2-digit', hour12: true });
}

const everyMs = 10_000;
showTime();
setInterval(showTime, everyMs);
