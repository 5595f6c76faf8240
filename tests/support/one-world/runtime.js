const { createRequire } = require('node:module');
const { default: Runtime } = require('jest-runtime');

const isPackage = (name) => /^[@a-z]/.test(name) && name !== '@jest/globals';

/**
 * Loads our modules anew for each test file, as Jest does, and the packages once per worker, as Node does: a second or two less per
 * file that needs the program, and code that is warm.
 */
module.exports = {
  __esModule: true,
  default: class extends Runtime {
    requireModuleOrMock(from, name) {
      return isPackage(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
    }
  },
};
