const http = require('node:http');
const { WebSocketServer, WebSocket } = require('ws');
const server = http.createServer((req, res) => {
  if (req.url !== '/talk') return res.end('http');
  const ws = new WebSocket(`ws://localhost:${server.address().port}/chat?room=1`, ['b', 'a']);
  const seen = [];
  ws.on('open', () => {
    seen.push(['open', ws.protocol, ws.extensions]);
    ws.ping('p');
    ws.send('text ü');
    ws.send(Buffer.from([1, 2, 3]));
    ws.send('x'.repeat(70000));
  });
  ws.on('message', (data, binary) => {
    seen.push(['message', binary, data.length < 50 ? data.toString() : data.length]);
    if (seen.length === 5) ws.close(4001, 'enough');
  });
  ws.on('pong', (data) => seen.push(['pong', data.toString()]));
  setTimeout(() => ws.close(4002, 'late'), 1500).unref();
  ws.on('close', (code, reason) => res.end(JSON.stringify([...seen, ['close', code, reason.toString()]])));
  ws.on('error', (error) => seen.push(['error', error.message]));
});
const wss = new WebSocketServer({ noServer: true, handleProtocols: (protocols) => [...protocols].sort()[0], perMessageDeflate: process.env.DEFLATE === '1' });
wss.on('connection', (ws, req) => {
  ws.on('message', (data, binary) => ws.send(binary ? data : `${req.url} ${data}`, { binary }));
  ws.on('close', (code, reason) => console.log('closed', code, reason.toString()));
  ws.on('error', (error) => console.log('ws error', error.code));
});
server.on('upgrade', (req, socket, head) => {
  if (!req.url.startsWith('/chat')) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
  wss.handleUpgrade(req, socket, head, (ws) => wss.emit('connection', ws, req));
});
server.listen(process.env.PORT || 3000, () => console.log('up'));
process.on('SIGTERM', () => {
  for (const client of wss.clients) client.terminate();
  server.close();
});
