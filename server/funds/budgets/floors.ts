import { isPurpose, type Purpose } from '../purposes';

/** The least that should be free for a purpose. */
export interface FloorRow {
  purpose: Purpose;
  floorFen: number;
}

const line = /^(\S+)\s+(\d{1,12})(?:\.(\d{2}))?$/;

/** Reads lines such as `illness 100000`: purpose, yuan. */
export function readFloors(text: string): unknown[] {
  return text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => {
      const [, purpose, yuan, decimals = '00'] = line.exec(one) ?? [];
      return { purpose: purpose && isPurpose(purpose) ? purpose : undefined, floorFen: Number(yuan) * 100 + Number(decimals) };
    });
}

/** Writes rows as {@link readFloors} reads them. */
export function writeFloors(rows: readonly FloorRow[]): string {
  return rows
    .map(({ purpose, floorFen }) => `${purpose} ${Math.floor(floorFen / 100)}.${String(floorFen % 100).padStart(2, '0')}`)
    .join('\n');
}
