/** The ledger's pages: trial balance, accounts, pools, entries. Reads only. */
export { readEntryNumber } from './books.labels';
export { booksRoutes } from './books.routes';
