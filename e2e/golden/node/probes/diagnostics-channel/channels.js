const dc = require('node:diagnostics_channel');
const http = require('node:http');
const { AsyncLocalStorage } = require('node:async_hooks');

const channel = dc.channel('mine');
console.log(channel.name, channel.hasSubscribers, dc.hasSubscribers('mine'), dc.channel('mine') === channel, channel.constructor.name);
const subscriber = (message, name) => console.log('message', message, name);
channel.subscribe(subscriber);
dc.subscribe('mine', (message) => console.log('second', message));
console.log(channel.hasSubscribers, channel.constructor.name);
channel.publish({ a: 1 });
console.log(channel.unsubscribe(subscriber), channel.unsubscribe(subscriber), dc.unsubscribe('mine', () => {}));
channel.publish(2);
const als = new AsyncLocalStorage();
channel.bindStore(als, (data) => ({ data }));
channel.runStores({ b: 2 }, () => console.log('store', als.getStore()));
console.log(channel.unbindStore(als), als.getStore());
const symbol = dc.channel(Symbol('s'));
console.log(symbol.name);
for (const wrong of [() => dc.channel(5), () => channel.subscribe(5), () => dc.channel()]) {
  try { wrong(); } catch (error) { console.log(error.code, error.message); }
}

const tracing = dc.tracingChannel('work');
tracing.subscribe({
  start: (m) => console.log('start', m.name),
  end: (m) => console.log('end', m.name, m.result),
  asyncStart: (m) => console.log('asyncStart', m.name, m.result),
  asyncEnd: (m) => console.log('asyncEnd', m.name),
  error: (m) => console.log('error', m.error.message),
});
console.log(tracing.traceSync((a) => a + 1, { name: 'sync' }, null, 1));
try { tracing.traceSync(() => { throw new Error('sync fails'); }, { name: 'throws' }); } catch (error) { console.log(error.message); }
tracing.tracePromise(async () => 5, { name: 'promise' }).then(async (value) => {
  console.log('value', value);
  await tracing.tracePromise(async () => { throw new Error('promise fails'); }, { name: 'rejects' }).catch((e) => console.log(e.message));
  tracing.traceCallback((done) => setTimeout(done, 1, null, 'result'), 0, { name: 'callback' }, null, (error, value) => {
    console.log('callback', error, value);
    const seen = [];
    for (const name of ['http.server.request.start', 'http.server.response.finish', 'http.client.request.start', 'http.client.response.finish'])
      dc.subscribe(name, (message) => seen.push(`${name} ${Object.keys(message)}`));
    const server = http.createServer((request, response) => response.end('ok')).listen(0, () => {
      http.get({ port: server.address().port }, (response) => {
        response.resume().on('end', () => {
          server.close(() => console.log(seen.sort().join('\n')));
        });
      });
    });
  });
});
process.on('uncaughtException', (error) => console.log('uncaught', error.message));
dc.subscribe('bad', () => { throw new Error('subscriber fails'); });
dc.channel('bad').publish(1);
console.log('published');
