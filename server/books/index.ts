/** The ledger's pages: trial balance, accounts, pools, entries. Reads only. */
export { booksRoutes } from './books.routes';
