const http = require('node:http');
let stopping = false;
const server = http.createServer((req, res) => {
  if (req.url === '/stop') process.kill(process.pid, 'SIGUSR2');
  res.setHeader('Connection', stopping ? 'close' : 'keep-alive');
  setTimeout(() => res.end(`${req.url} ${stopping}`), 5);
});
server.listen(process.env.PORT || 3000, () => console.log('up'));
const every = setInterval(() => {}, 1000);
process.on('SIGUSR2', (signal, number) => console.log('got', signal, number));
process.once('SIGTERM', (signal) => {
  console.log('stopping on', signal);
  stopping = true;
  clearInterval(every);
  server.close((error) => {
    console.log('server closed', error ?? 'cleanly');
    process.exitCode = 7;
  });
  server.closeIdleConnections();
});
process.on('beforeExit', (code) => console.log('beforeExit', code));
process.on('exit', (code) => console.log('exit', code));
