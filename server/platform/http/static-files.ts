import express, { type Router } from 'express';
import { assetFolders } from '../views/assets';

const oneYearS = 31_536_000;

/** The browser's files. An address with the hash of its content is kept for a year, any other is asked for anew. */
export function staticFiles(): Router {
  const router = express.Router();
  for (const [address, folder] of Object.entries(assetFolders)) {
    router.use(address, express.static(folder, { index: false, redirect: false, cacheControl: false, setHeaders: cacheByAddress }));
  }
  return router;
}

function cacheByAddress(res: import('node:http').ServerResponse): void {
  const isHashed = /[?&]v=[0-9a-f]{8}\b/.test(res.req.url ?? '');
  res.setHeader('Cache-Control', isHashed ? `public, max-age=${oneYearS}, immutable` : 'no-cache');
}
