const asksBeforeMs = 15_000;

/** After a while without a touch the kiosk asks whether somebody is still there. */
export function watchIdling(): void {
  const seconds = Number(document.body.dataset['idle'] ?? 0);
  if (seconds === 0) return;
  let timer = 0;
  const restart = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => location.assign('/kiosk/still-there'), seconds * 1_000 - asksBeforeMs);
  };
  for (const touch of ['pointerdown', 'keydown', 'scroll']) addEventListener(touch, restart, { passive: true });
  restart();
}
