import type { Clock } from '../kernel/clock';
import { readToken, signToken } from '../platform/crypto/signed-token';
import type { KioskDevice } from './kiosk-device.model';

const purpose = 'kiosk';

/** What a paired device carries in its cookie: signed, so nothing of it needs to be kept. */
export function deviceToken({ _id, pairing }: Pick<KioskDevice, '_id' | 'pairing'>): string {
  return signToken(purpose, `${_id}~${pairing}`);
}

/** The device and pairing of a token that we made. */
export function readDeviceToken(token: string, clock: Clock): { id: string; pairing: number } | undefined {
  const [id, pairing] = readToken(purpose, token, clock)?.split('~') ?? [];
  return id && pairing ? { id, pairing: Number(pairing) } : undefined;
}
