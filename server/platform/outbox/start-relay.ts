import type { Logger } from '../logging/logger';
import { keepSchedules, type Schedule } from '../queues/schedules';
import { type Relay, relayOutbox } from './relay-outbox';

const pauseMs = 500;
const roundsBetweenLooks = 120; // a minute

export interface RunningRelay {
  /** Stops after the round that is under way. */
  stop(): Promise<void>;
}

/** Keeps the outbox and the schedules flowing until stopped. A failed round is logged and tried again: nothing is lost meanwhile. */
export function startRelay(relay: Relay, schedules: readonly Schedule[], logger: Logger): RunningRelay {
  let stopped = false;
  let wake: () => void = () => undefined;
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async () => {
    for (let round = 0; !stopped; round += 1) {
      try {
        if (round % roundsBetweenLooks === 0) await keepSchedules(relay.queue, schedules);
        await relayOutbox(relay);
      } catch (error) {
        logger.error({ err: error }, 'the outbox could not be relayed and will be tried again');
      }
      if (!stopped) await pause();
    }
  };
  const running = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
