const { MessageChannel, BroadcastChannel, receiveMessageOnPort } = require('node:worker_threads');

const { port1, port2 } = new MessageChannel();
port2.on('message', (value) => console.log('message', value));
port2.on('close', () => console.log('closed'));
port1.postMessage({ a: [1, new Map([[1, 2]])], d: new Date(0) });
const buffer = new ArrayBuffer(4);
port1.postMessage(buffer, [buffer]);
console.log(buffer.byteLength);
try { port1.postMessage(() => 1); } catch (error) { console.log(error.name, error.code, error.message); }
const other = new MessageChannel();
other.port1.postMessage('sync');
console.log(receiveMessageOnPort(other.port2), receiveMessageOnPort(other.port2));
other.port1.close();
setTimeout(() => {
const a = new BroadcastChannel('b');
const b = new BroadcastChannel('b');
b.onmessage = (event) => { console.log('broadcast', event.data, event.type, event.target === b); b.close(); a.close(); };
a.postMessage({ hello: 1 });
}, 60);
setTimeout(() => port1.close(), 20);
setTimeout(() => {
  const target = new MessageChannel();
  target.port2.addEventListener('message', (event) => { console.log('event', event.data); target.port2.close(); });
  target.port2.start();
  target.port1.postMessage(5);
}, 40);
