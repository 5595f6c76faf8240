const { AsyncLocalStorage } = require('node:async_hooks');
const { createRequire } = require('node:module');
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
const mongoose = require('mongoose');

// Jest compiles for the context that its environment names; the world of the process is none, so it is left out.
const { compileFunction } = vm;
const { runInContext } = vm.Script.prototype;
vm.compileFunction = (code, parameters, { parsingContext, importModuleDynamically, ...options } = {}) =>
  parsingContext === globalThis
    ? compiledOnce(code, parameters, options)
    : compileFunction(code, parameters, { ...options, importModuleDynamically, parsingContext });
vm.Script.prototype.runInContext = function (context, options) {
  return context === globalThis ? this.runInThisContext(options) : runInContext.call(this, context, options);
};

// A module's function is compiled once per worker; each test file calls it anew, so what the module keeps is still its own.
const compiled = new Map();
function compiledOnce(code, parameters, options) {
  const { filename } = options;
  const before = compiled.get(filename);
  if (before?.code === code) return before.run;
  const run = compileFunction(code, parameters, options);
  compiled.set(filename, { code, run });
  return run;
}

// A page's template is compiled once per worker; helpers and partials come with each page.
const handlebars = createRequire(require.resolve('express-handlebars'))('handlebars');
const { compile } = handlebars;
const templates = new Map();
handlebars.compile = (text, options) => {
  const key = JSON.stringify([text, options]);
  if (!templates.has(key)) templates.set(key, compile.call(handlebars, text, options));
  return templates.get(key);
};

// Jest makes a storage per test file, to know which test asks, and never ends it: from then on Node (before 24) hands each promise through
// all of them. Tests run one after another, so the one that runs is kept in a plain variable instead.
const { run, getStore } = AsyncLocalStorage.prototype;
const running = new WeakMap();
const isOfJest = (store) => store?.test?.type === 'test' || (store?.hook !== undefined && 'describeBlock' in store);
AsyncLocalStorage.prototype.run = function (store, callback, ...rest) {
  if (!running.has(this) && !isOfJest(store)) return run.call(this, store, callback, ...rest);
  const before = running.get(this);
  const end = () => running.set(this, before);
  running.set(this, store);
  try {
    const done = callback(...rest);
    if (typeof done?.then === 'function') return done.finally(end);
    end();
    return done;
  } catch (error) {
    end();
    throw error;
  }
};
AsyncLocalStorage.prototype.getStore = function () {
  return running.has(this) ? running.get(this) : getStore.call(this);
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
    for (const key of Object.getOwnPropertySymbols(globalThis)) if (framework.has(key.description)) delete globalThis[key];
  }
};

const framework = new Set(['EVENT_HANDLERS', 'JEST_STATE_SYMBOL']);
