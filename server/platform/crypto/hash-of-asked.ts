import { lookupHash } from './lookup-hash';

/**
 * What a request says, as a fact of its posting: so the ledger refuses the same key with something else (`ledger.conflict`), and keeps
 * nothing by which a name or number in it could be guessed.
 */
export function hashOfAsked(input: object): string {
  return lookupHash('asked', JSON.stringify(input));
}
