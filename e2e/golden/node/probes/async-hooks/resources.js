const {
  AsyncResource,
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
} = require('node:async_hooks');
const { EventEmitterAsyncResource } = require('node:events');
const fs = require('node:fs');

console.log(executionAsyncId(), triggerAsyncId(), executionAsyncResource());
const events = [];
const types = new Map([[1, 'main']]);
const hook = createHook({
  init(id, type, trigger, resource) {
    types.set(id, type);
    events.push(`init ${type} by ${types.get(trigger)} ${resource.constructor.name}`);
  },
  before: (id) => events.push(`before ${types.get(id)}`),
  after: (id) => events.push(`after ${types.get(id)}`),
  destroy: (id) => types.get(id) === 'MINE' && events.push('destroy MINE'),
});
console.log(hook.enable() === hook);
const resource = new AsyncResource('MINE');
console.log(
  resource.runInAsyncScope(
    function (a) {
      return [this, a, executionAsyncId() === resource.asyncId(), executionAsyncResource() === resource];
    },
    'self',
    5,
  ),
);
console.log(resource.triggerAsyncId(), resource.emitDestroy() === resource);
setTimeout(() => events.push('timeout'), 25);
setImmediate(() => events.push('immediate'));
process.nextTick(() => events.push('tick'));
queueMicrotask(() => events.push('microtask'));
fs.access('.', () => events.push('access'));
hook.disable();
setTimeout(() => events.push('unseen'), 50);
setTimeout(() => console.log(events.join('\n')), 100);

const emitter = new EventEmitterAsyncResource({ name: 'EMITTER' });
emitter.on('x', (value) => console.log(value, executionAsyncId() === emitter.asyncId, emitter.triggerAsyncId));
emitter.emit('x', 'emitted');
console.log(emitter.asyncResource.constructor.name, AsyncResource.bind((a, b) => 0).length);

const attempts = [
  () => new AsyncResource(),
  () => new AsyncResource(''),
  () => new AsyncResource('x', { triggerAsyncId: -5 }),
  () => createHook({ init: 1 }),
  () => createHook({ before: 'x' }),
  () => AsyncResource.bind(1),
];
for (const attempt of attempts) {
  try {
    attempt();
    console.log('no error');
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
