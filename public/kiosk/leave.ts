/** Forms that send themselves: the ring of "are you still there", and the slip page after a while. */
export function leaveByItself(): void {
  const ring = document.querySelector<SVGElement>('[data-countdown]');
  const leave = document.querySelector<HTMLFormElement>('[data-countdown-ends]');
  if (ring && leave) {
    const whole = Number(ring.dataset['countdown']);
    const [number, rest] = [ring.querySelector('.seconds'), ring.querySelector('.rest')];
    countDown(whole, leave, (left) => {
      if (number) number.textContent = String(left);
      rest?.setAttribute('stroke-dasharray', `${(100 * left) / whole} 100`);
    });
  }
  const slip = document.querySelector<HTMLFormElement>('[data-leave]');
  const words = document.querySelector<HTMLElement>('[data-left]');
  if (!slip) return;
  countDown(Number(slip.dataset['leave']), slip, (left) => {
    if (words) words.textContent = (words.dataset['left'] ?? '').replace('{seconds}', String(left));
  });
}

function countDown(seconds: number, form: HTMLFormElement, show: (left: number) => void): void {
  let left = seconds;
  show(left);
  const timer = setInterval(() => {
    left -= 1;
    show(left);
    if (left > 0) return;
    clearInterval(timer);
    form.requestSubmit();
  }, 1_000);
}
