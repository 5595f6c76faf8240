const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
const mongoose = require('mongoose');

// Jest compiles for the context that its environment names; the world of the process is none, so it is left out.
const { compileFunction } = vm;
const { runInContext } = vm.Script.prototype;
vm.compileFunction = (code, parameters, { parsingContext, ...options } = {}) =>
  compileFunction(code, parameters, parsingContext === globalThis ? options : { ...options, parsingContext });
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
