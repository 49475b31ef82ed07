const http = require('node:http');
const { once } = require('node:events');
const attempt = (f) => {
  try {
    return f();
  } catch (error) {
    return `${error.name} ${error.code}: ${error.message}`;
  }
};
(async () => {
  const server = http.createServer((req, res) => {
    if (req.url === '/slow') return;
    if (req.url === '/die') return req.socket.destroy();
    if (req.url === '/trailers') {
      res.writeHead(200, { Trailer: 'X-T' });
      res.write('t');
      res.addTrailers({ 'X-T': 'yes' });
      return res.end();
    }
    if (req.url === '/hints') res.writeEarlyHints({ link: '</a>; rel=preload' });
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      res.setHeader('X-Count', chunks.length > 0 ? 1 : 0);
      res.setHeader('Set-Cookie', ['a', 'b']);
      res.end(JSON.stringify({ method: req.method, url: req.url, headers: Object.keys(req.headers), body: Buffer.concat(chunks).toString(), complete: req.complete }));
    });
  });
  await once(server.listen(0), 'listening');
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (options, body) => new Promise((done) => {
    const req = http.request({ port, agent, ...options }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => done([res.statusCode, res.statusMessage, res.httpVersion, Object.keys(res.headers), res.headers['set-cookie'], text, res.trailers, req.reusedSocket]));
    });
    req.on('information', (info) => console.log('information', info.statusCode, info.headers));
    req.on('error', (error) => done([error.code, error.message]));
    req.on('timeout', () => req.destroy(new Error('timed out')));
    req.end(body);
  });
  console.log(await ask({ path: '/a?b=c' }));
  console.log(await ask({ path: '/post', method: 'POST', headers: { 'Content-Type': 'text/plain' } }, 'body ü'));
  console.log(await ask({ path: '/trailers' }));
  console.log(await ask({ path: '/hints' }));
  console.log(await ask({ path: '/die', agent: false }));
  console.log(await ask({ path: '/slow', timeout: 20, agent: false }));
  console.log(await ask({ path: '/x', port: 1, agent: false }));
  console.log(await Promise.all([ask({ path: '/1' }), ask({ path: '/2' })]).then((list) => list.map((answer) => answer[0])), Object.keys(agent.sockets).length, Object.keys(agent.freeSockets).length);
  const req = http.request({ port, path: '/chunked', method: 'PUT' });
  req.write('a');
  req.setNoDelay(true);
  req.end('b');
  const [res] = await once(req, 'response');
  console.log(res.statusCode, req.getHeader('transfer-encoding') ?? 'none', req.headersSent, req.path, req.getRawHeaderNames?.());
  res.resume();
  const aborted = http.get({ port, path: '/slow' });
  aborted.on('error', (error) => console.log('aborted', error.code, error.message));
  setTimeout(() => aborted.destroy(), 10);
  await once(aborted, 'close');
  const signal = AbortSignal.timeout(5);
  const [byTimeout] = await once(http.get({ port, path: '/slow', signal }), 'error');
  console.log(byTimeout.name, byTimeout.code, byTimeout.message);
  console.log(attempt(() => http.request({ headers: { 'bad header': 1 } })), attempt(() => http.get('nonsense')), attempt(() => http.request({ method: 'BAD METHOD' })), attempt(() => http.validateHeaderName('a b')), attempt(() => http.validateHeaderValue('x', undefined)));
  console.log(http.METHODS.length, http.STATUS_CODES[418], http.maxHeaderSize, http.globalAgent.keepAlive, server.keepAliveTimeout, server.headersTimeout, server.requestTimeout, server.maxHeadersCount, agent.getName({ host: 'h', port: 1 }));
  const message = new http.OutgoingMessage();
  message.setHeader('A-b', '1');
  console.log(message.getHeaders(), message.hasHeader('a-B'), message.getHeaderNames(), attempt(() => message.write('x')));
  agent.destroy();
  server.closeAllConnections();
  server.close(() => console.log('closed'));
})();
