/**
 * What the realm takes from the browser, kept before the worker's own globals are removed: a submission sees
 * Node's globals only. Everything in this folder uses these and never a global of the browser by name.
 */
const scope = globalThis;

export const host = {
  setTimeout: scope.setTimeout.bind(scope),
  clearTimeout: scope.clearTimeout.bind(scope),
  queueMicrotask: scope.queueMicrotask.bind(scope),
  performance: scope.performance,
  now: scope.performance.now.bind(scope.performance),
  timeOrigin: scope.performance.timeOrigin,
  MessageChannel: scope.MessageChannel,
  BroadcastChannel: scope.BroadcastChannel,
  URL: scope.URL,
  TextDecoder: scope.TextDecoder,
  TextEncoder: scope.TextEncoder,
  crypto: scope.crypto,
  structuredClone: scope.structuredClone.bind(scope),
  atob: scope.atob.bind(scope),
  btoa: scope.btoa.bind(scope),
  addEventListener: scope.addEventListener?.bind(scope),
  console: scope.console,
  DOMException: scope.DOMException,
  Event: scope.Event,
  EventTarget: scope.EventTarget,
  Worker: scope.Worker,
  Blob: scope.Blob,
  createObjectURL: scope.URL.createObjectURL.bind(scope.URL),
  /** Of the machine, as far as the browser tells. */
  processors: scope.navigator?.hardwareConcurrency ?? 1,
} as const;

export const utf8 = new host.TextDecoder('utf-8', { ignoreBOM: true });
export const utf8Encoder = new host.TextEncoder();
