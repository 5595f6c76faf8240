const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
const mongoose = require('mongoose');

// A module of ours is loaded anew for each test file, but what V8 made of its text is kept: the next file finds it compiled and warm.
// Jest compiles for the context that its environment names; the world of the process is none, so it is left out.
const { compileFunction } = vm;
const { runInContext } = vm.Script.prototype;
const compiled = new Map();
vm.compileFunction = (code, parameters, { parsingContext, ...options } = {}) => {
  if (parsingContext !== globalThis) return compileFunction(code, parameters, { ...options, parsingContext });
  const known = compiled.get(options.filename);
  if (known?.code === code && known.parameters === String(parameters)) return known.made;
  const made = compileFunction(code, parameters, options);
  if (!/\.test\.ts$/.test(options.filename)) compiled.set(options.filename, { code, parameters: String(parameters), made });
  return made;
};
vm.Script.prototype.runInContext = function (context, options) {
  return context === globalThis ? this.runInThisContext(options) : runInContext.call(this, context, options);
};

// Jest makes a storage per test file and never ends it; each promise would be handed through all of them.
const { run } = AsyncLocalStorage.prototype;
const storages = new Set();
AsyncLocalStorage.prototype.run = function (...rest) {
  storages.add(this);
  return run.apply(this, rest);
};

/**
 * The test files of a worker run one after another in the world of their process, so that what `./runtime.js` keeps knows their arrays
 * and errors as its own. What a file leaves behind that the next one would fall over is cleared away: a connection that a failed set-up
 * left open, the models that its copies of our modules defined, and Jest's handlers of its tests.
 */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global = globalThis;
  }

  getVmContext() {
    return this.global ? globalThis : null;
  }

  async teardown() {
    await super.teardown();
    await mongoose.disconnect();
    mongoose.deleteModel(/./);
    for (const storage of storages) storage.disable();
    storages.clear();
    for (const key of Object.getOwnPropertySymbols(globalThis)) if (framework.has(key.description)) delete globalThis[key];
  }
};

const framework = new Set(['EVENT_HANDLERS', 'JEST_STATE_SYMBOL']);
