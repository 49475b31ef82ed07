const events = require('node:events');
const { EventEmitter, once, on, getEventListeners, setMaxListeners, getMaxListeners, addAbortListener, errorMonitor } = events;

const e = new EventEmitter();
e.on('newListener', (name, f) => console.log('new', String(name), f.name));
e.on('removeListener', (name, f) => console.log('removed', String(name), f.name));
function first(...args) { console.log('first', args, this === e); }
function second() { console.log('second'); }
e.on('x', first).once('x', second).prependListener('x', function zero() { console.log('zero'); });
console.log(e.emit('x', 1, 2), e.emit('x'), e.emit('none'));
console.log(e.listenerCount('x'), e.listenerCount('x', first), e.eventNames(), e.listeners('x').map((f) => f.name), e.rawListeners('x').length);
e.off('x', first).removeAllListeners('x');
console.log(e.listenerCount('x'), e.getMaxListeners(), EventEmitter.defaultMaxListeners, getMaxListeners(e));
e.prependOnceListener(Symbol.for('s'), second);
console.log(e.eventNames(), getEventListeners(e, Symbol.for('s')).length);
e.removeAllListeners();
for (const attempt of [
  () => e.on('x', 5),
  () => e.emit('error', new TypeError('t')),
  () => e.emit('error', 'text'),
  () => e.emit('error', { a: 1 }),
  () => e.emit('error'),
  () => e.setMaxListeners(-1),
  () => (EventEmitter.defaultMaxListeners = 'x'),
  () => new EventEmitter({ captureRejections: 5 }),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
e.on(errorMonitor, (error) => console.log('monitor', error.message));
e.on('error', (error) => console.log('error', error.message));
e.emit('error', new Error('seen'));

const capturing = new EventEmitter({ captureRejections: true });
capturing.on('work', async (value) => { throw new Error(`rejected ${value}`); });
capturing.on('error', (error) => console.log('captured', error.message));
capturing.emit('work', 5);
class Special extends EventEmitter {
  constructor() { super({ captureRejections: true }); }
  [Symbol.for('nodejs.rejection')](error, name, ...args) { console.log('rejection', error.message, name, args); }
}
const special = new Special();
special.on('work', async () => { throw new Error('special'); });
special.emit('work', 1, 2);

(async () => {
  const emitter = new EventEmitter();
  setTimeout(() => emitter.emit('ready', 1, 2), 1);
  console.log(await once(emitter, 'ready'));
  setTimeout(() => emitter.emit('error', new Error('while waiting')), 1);
  await once(emitter, 'ready').catch((error) => console.log(error.message));
  await once(emitter, 'ready', { signal: AbortSignal.abort() }).catch((error) => console.log(error.name, error.code));
  const controller = new AbortController();
  setTimeout(() => { emitter.emit('tick', 1); emitter.emit('tick', 2); controller.abort(); }, 1);
  try {
    for await (const [n] of on(emitter, 'tick', { signal: controller.signal })) console.log('tick', n);
  } catch (error) {
    console.log(error.name, error.code);
  }
  const target = new EventTarget();
  target.addEventListener('t', (event) => console.log(event.type, event.constructor.name, event.defaultPrevented), { once: true });
  console.log(target.dispatchEvent(new Event('t', { cancelable: true })), target.dispatchEvent(new Event('t')));
  const listener = addAbortListener(controller.signal, () => console.log('already aborted'));
  console.log(typeof listener);
  setMaxListeners(3, target, emitter);
  console.log(emitter.getMaxListeners(), events.listenerCount(emitter, 'tick'));
  console.log(new CustomEvent('c', { detail: 5 }).detail, events.usingDomains, Object.keys(events).sort().join());
  try { target.dispatchEvent({}); } catch (error) { console.log(error.code, error.message); }
})();
