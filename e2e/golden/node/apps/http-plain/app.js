const http = require('node:http');
const server = http.createServer((req, res) => {
  res.setHeader('Set-Cookie', ['a=1', 'b=2; Path=/']);
  res.end(`${req.method} ${req.url}\n`);
});
server.listen(process.env.PORT || 3000, () => console.log('ready'));
process.on('SIGTERM', () => server.close(() => console.log('closed')));
