const quick = require('./jest.config.js');

/**
 * What CI runs besides `npm test`: processes and servers that are started and killed, what attackers have tried before, every route from
 * every seat, further journeys in a browser, the pattern book.
 */
/** @type {import('jest').Config} */
module.exports = {
  ...quick,
  testMatch: ['<rootDir>/tests/slow/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 120_000,
};
