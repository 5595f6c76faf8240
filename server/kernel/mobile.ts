import { bareCode } from './half-width';

const shape = /^(?:\+86)?(1\d{10})$/;

/**
 * Reads a mainland mobile number: 11 digits from 1, blanks, hyphens and +86 dropped; undefined for anything else. It reaches
 * somebody but identifies nobody: old people share their children's (DOMAIN 1, PC4).
 */
export function parseMobile(text: string): string | undefined {
  return shape.exec(bareCode(text))?.[1];
}
