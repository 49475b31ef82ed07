const { EventEmitter } = require('node:events');
class Mine extends EventEmitter {}
const emitter = new Mine();
process.nextTick(() => emitter.emit('error', new Error('nobody listens')));
