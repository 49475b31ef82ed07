const express = require('express');
const { Readable, Transform, pipeline } = require('node:stream');
const { createGzip } = require('node:zlib');
const fs = require('node:fs');
const crypto = require('node:crypto');
const app = express();
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
app.get('/events', async (req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  res.flushHeaders();
  for (let i = 0; i < 4; i++) {
    res.write(`id: ${i}\nevent: tick\ndata: ${JSON.stringify({ i })}\n\n`);
    await wait(3);
  }
  res.end();
});
app.get('/chunks', (req, res) => Readable.from(['one ', 'two ', 'three']).pipe(res));
app.get('/big', (req, res) => {
  let left = 200;
  res.type('text/plain');
  const write = () => {
    while (left-- > 0) if (!res.write('x'.repeat(1024))) return res.once('drain', write);
    res.end();
  };
  write();
});
app.post('/hash', (req, res) => pipeline(req, crypto.createHash('sha256').setEncoding('hex'), res, () => {}));
app.post('/upper', (req, res) => pipeline(req, new Transform({ transform: (chunk, _, done) => done(null, chunk.toString().toUpperCase()) }), res, (error) => error && console.log('failed', error.code)));
app.post('/count', async (req, res) => {
  let bytes = 0;
  for await (const chunk of req) bytes += chunk.length;
  res.json({ bytes, trailers: req.trailers, complete: req.complete });
});
app.get('/gzip', (req, res) => {
  res.set('Content-Encoding', 'gzip').type('txt');
  Readable.from(['gzip '.repeat(50)]).pipe(createGzip()).pipe(res);
});
app.get('/file', (req, res) => fs.createReadStream(__filename, { start: 1, end: 30 }).pipe(res));
app.get('/web', async (req, res) => {
  const web = new ReadableStream({ start(c) { c.enqueue('web '); c.enqueue('stream'); c.close(); } });
  for await (const part of web) res.write(part);
  res.end();
});
app.get('/abort', (req, res) => {
  res.write('some');
  setTimeout(() => res.destroy(), 10);
});
app.get('/trailers', (req, res) => {
  res.set('Trailer', 'X-Sum');
  res.write('body');
  res.addTrailers({ 'X-Sum': '4' });
  res.end();
});
app.get('/informational', (req, res) => {
  res.writeProcessing();
  res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
  res.send('after hints');
});
app.get('/too-long', (req, res) => {
  res.set('Content-Length', '3');
  res.end('abc');
});
app.get('/events-count', (req, res) => res.json({ listeners: app.listeners('mount').length }));
app.listen(process.env.PORT || 3000, () => console.log('up'));
