const quick = require('./jest.config.js');

/** Runs that take minutes: properties over 100,000 steps, parallel spends, kill tests, backup and restore. */
/** @type {import('jest').Config} */
module.exports = {
  ...quick,
  testMatch: ['<rootDir>/tests/long/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 30 * 60_000,
};
