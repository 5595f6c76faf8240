// These packages ship ES modules only, which Jest cannot require: they go through the transform.
const esModules = ['@scure', '@noble'];
// The MongoDB driver loads `os` by a dynamic import, which Jest's sandbox refuses; transformed, it becomes a require.
const dynamicImports = ['mongodb/lib/runtime_adapters\\.js'];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/tests/long/'],
  maxWorkers: '100%', // much of the time goes into waiting for servers and browsers
  testTimeout: 60_000, // real servers on two busy cores, beside other work
  transform: {
    '^.+\\.[mc]?[tj]sx?$': [
      '@swc/jest',
      { sourceMaps: 'inline', module: { type: 'commonjs' }, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/|${dynamicImports.join('|')})`],
};
