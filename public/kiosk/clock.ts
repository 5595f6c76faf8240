const everyMs = 10_000;

/** The clock in the kiosk's header, in the reader's words (上午 9:42), and whether there is a network. */
export function showTime(): void {
  const clock = document.querySelector('[data-clock]');
  const show = () => {
    if (clock)
      clock.textContent = new Date().toLocaleTimeString(document.documentElement.lang, {
        hour: 'numeric',
        minute: '2-digit',
        hour12: true,
        timeZone: 'Asia/Shanghai', // whatever the device was set to
      });
  };
  const net = document.querySelector<HTMLElement>('[data-net]');
  const showNet = () => {
    if (net) net.dataset['state'] = navigator.onLine ? 'on' : 'off';
  };
  show();
  showNet();
  setInterval(show, everyMs);
  addEventListener('online', showNet);
  addEventListener('offline', showNet);
}
