const cluster = require('node:cluster');
const http = require('node:http');
if (cluster.isPrimary) {
  console.log('primary');
  cluster.on('listening', (worker) => console.log('worker listening', worker.id));
  cluster.on('exit', (worker, code, signal) => console.log('worker ended', code, signal));
  const worker = cluster.fork({ WORKER: '1' });
  worker.on('message', (message) => console.log('from worker', message));
  process.on('SIGTERM', () => worker.disconnect());
} else {
  http.createServer((req, res) => {
    if (req.url === '/message') process.send({ asked: true });
    res.end(`worker ${cluster.worker.id} ${process.env.WORKER}`);
  }).listen(process.env.PORT || 3000);
}
