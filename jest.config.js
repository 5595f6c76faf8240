const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/tests/support/one-world/environment.js',
  runtime: '<rootDir>/tests/support/one-world/runtime.js',
  testSequencer: '<rootDir>/tests/support/longest-first.js',
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/tests/slow/', '/tests/long/'],
  maxWorkers: Math.ceil(availableParallelism() * 1.5), // much of the time goes into waiting for servers and browsers
  testTimeout: 60_000, // real servers on two busy cores, beside other work
  transform: {
    '^.+\\.[mc]?[tj]sx?$': [
      '@swc/jest',
      { sourceMaps: 'inline', module: { type: 'commonjs' }, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
    ],
  },
};
