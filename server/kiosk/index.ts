/** Kiosks: their devices and the pages at which families exchange points for goods in four touches. */
export { offerDemoCards } from './demo-cards';
export { enrolKiosk } from './enrol-kiosk';
export { kioskRoutes } from './kiosk.routes';
export { kioskActorOf } from './kiosk-actor';
export { pairKiosk } from './pair-kiosk';
export { pairingRoutes } from './pairing.routes';
export { phoneCodeRoutes } from './phone-code.routes';
export { suspendKiosk } from './suspend-kiosk';
