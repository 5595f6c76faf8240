const everyMs = 10_000;

/** The clock in the kiosk's header, in the reader's words (上午 9:42, in English 09:42), and whether there is a network. */
export function showTime(): void {
  const clock = document.querySelector('[data-clock]');
  const { lang } = document.documentElement;
  const hours = lang === 'en' ? ({ hour: '2-digit', hourCycle: 'h23' } as const) : ({ hour: 'numeric', hour12: true } as const);
  const show = () => {
    if (clock)
      clock.textContent = new Date().toLocaleTimeString(lang, {
        ...hours,
        minute: '2-digit',
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
