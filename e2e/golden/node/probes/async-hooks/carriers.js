const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
const { EventEmitter, once, on } = require('node:events');
const { pipeline, Readable, Transform } = require('node:stream');
const http = require('node:http');
const fs = require('node:fs');
const crypto = require('node:crypto');
const zlib = require('node:zlib');

const als = new AsyncLocalStorage();
const results = {};
const note = (name) => () => (results[name] = als.getStore());

als.run('store', () => {
  setTimeout(note('setTimeout'), 1);
  const interval = setInterval(() => (note('setInterval')(), clearInterval(interval)), 1);
  setImmediate(note('setImmediate'));
  process.nextTick(note('nextTick'));
  queueMicrotask(note('queueMicrotask'));
  Promise.resolve().then(note('then'));
  Promise.reject(0).catch(note('catch'));
  Promise.resolve().finally(note('finally'));
  fs.readFile(__filename, note('fs.readFile'));
  fs.promises.stat('.').then(note('fs.promises'));
  crypto.randomBytes(8, note('crypto.randomBytes'));
  crypto.pbkdf2('a', 'b', 1, 8, 'sha256', note('crypto.pbkdf2'));
  zlib.gzip('text', note('zlib.gzip'));
  pipeline(Readable.from(['a', 'b']), new Transform({ transform: (c, e, done) => (note('transform')(), done(null, c)) }), note('pipeline')).resume();
  Promise.resolve({ then: (done) => (note('thenable')(), done()) }).then(note('after thenable'));
  const controller = new AbortController();
  controller.signal.addEventListener('abort', note('abort listener'));
  setTimeout(() => controller.abort(), 1);
});

const emitter = new EventEmitter();
als.run('listener', () => emitter.on('event', note('plain listener')));
als.run('bound', () => emitter.on('event', AsyncResource.bind(note('bound listener'))));
als.run('emitter', () => emitter.emit('event'));
als.run('once', async () => {
  await once(emitter, 'later');
  note('events.once')();
});
als.run('on', async () => {
  for await (const _ of on(emitter, 'later')) {
    note('events.on')();
    break;
  }
});
setTimeout(() => als.run('other', () => emitter.emit('later')), 1);

const server = http.createServer((request, response) => {
  results['request before run'] = als.getStore();
  als.run(request.url, () => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      results[`end ${request.url}`] = als.getStore();
      setTimeout(async () => {
        await null;
        results[`answer ${request.url}`] = als.getStore();
        response.end(body);
      }, 1);
    });
  });
});
server.listen(0, () => {
  const ask = (path) =>
    new Promise((resolve) =>
      als.run(`client ${path}`, () => {
        http
          .request({ port: server.address().port, path, method: 'POST' }, (response) => {
            results[`response ${path}`] = als.getStore();
            response.resume().on('end', resolve);
          })
          .end('body');
      }),
    );
  Promise.all(['/a', '/b', '/c'].map(ask)).then(() => server.close());
});

process.on('exit', () => {
  for (const name of Object.keys(results).sort()) console.log(name.padEnd(22), results[name]);
});
