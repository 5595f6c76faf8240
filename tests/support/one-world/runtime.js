const { createRequire } = require('node:module');
const { default: Runtime } = require('jest-runtime');

const isPackage = (name) => /^[@a-z]/.test(name) && name !== '@jest/globals';

// No file of ours changes while a run goes on.
const read = new Map();
function readOnce(cache) {
  const transform = cache.transform.bind(cache);
  cache.transform = (filename, options) => {
    if (options?.isInternalModule) return transform(filename, options);
    const before = read.get(filename);
    if (!before) {
      transform(filename, options);
      read.set(filename, cache.transforms.get(filename));
    } else {
      cache.transforms.set(filename, before);
      if (before.sourceMapPath) cache.sourceMaps.set(filename, before.sourceMapPath);
    }
    return cache.transforms.get(filename).code;
  };
}

/**
 * Loads our modules anew for each test file, as Jest does, and the packages once per worker, as Node does: a second or two less per
 * file that needs the program, and code that is warm.
 */
module.exports = {
  __esModule: true,
  default: class extends Runtime {
    constructor(...options) {
      super(...options);
      readOnce(this.transformCache);
    }

    requireModuleOrMock(from, name) {
      return isPackage(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
    }
  },
};
