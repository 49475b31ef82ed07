const attempt = (name, f) => {
  try {
    const value = f();
    console.log(name, typeof value);
  } catch (error) {
    console.log(name, error.name, error.code, error.message.split('\n')[0]);
  }
};
for (const name of ['node:sqlite', 'node:sea', 'node:test/reporters', 'node:nothing', 'nothing', 'node:ffi', 'sqlite', 'node:punycode', 'node:domain', 'node:tty', 'node:trace_events', 'node:inspector', 'node:wasi', 'node:repl', 'node:https', 'node:http2', 'node:tls', 'node:dgram']) attempt(name, () => require(name));
attempt('process.binding', () => process.binding('nothing'));
console.log(require('node:module').builtinModules.length, require('node:module').isBuiltin('fs'), require('node:module').isBuiltin('node:test'), require('node:module').isBuiltin('test'));
console.log(['WebSocket', 'navigator', 'localStorage', 'EventSource', 'CustomEvent', 'Storage', 'window', 'self', 'document', 'importScripts', 'crypto', 'fetch', 'structuredClone', 'Iterator', 'Float16Array'].map((name) => `${name}:${typeof globalThis[name]}`).join(' '));
console.log(Object.getOwnPropertyNames(globalThis).sort().join(' '));
console.log(typeof Promise.try, typeof [].toSorted, typeof Object.groupBy, typeof new Set().union, typeof Array.fromAsync, typeof Promise.withResolvers, typeof RegExp.escape, typeof Math.f16round, typeof ''.isWellFormed, typeof ArrayBuffer.prototype.transfer, typeof Atomics.waitAsync);
