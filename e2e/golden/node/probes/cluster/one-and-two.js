const cluster = require('cluster');
const http = require('http');

const lines = [];
async function run(count, port) {
  let up = 0;
  let echoed = 0;
  for (let i = 0; i < count; i++) cluster.fork({ NUMBER: String(i), PORT: String(port) });
  await new Promise((resolve) => cluster.on('listening', () => ++up === count && resolve()));
  const seen = new Set();
  for (let i = 0; i < count * 2; i++) {
    const body = await new Promise((resolve) =>
      http.get({ port, agent: false }, (res) => res.setEncoding('utf8').once('data', resolve)),
    );
    seen.add(body);
  }
  lines.push([...seen].sort().join());
  await new Promise((resolve) => {
    cluster.on('message', (worker, message) => {
      lines.push(JSON.stringify(message));
      if (++echoed === count) resolve();
    });
    for (const worker of Object.values(cluster.workers)) worker.send('hello');
  });
  let ended = 0;
  await new Promise((resolve) => {
    cluster.on('exit', (worker, code, signal) => {
      lines.push(`exit ${code} ${signal} ${worker.exitedAfterDisconnect}`);
      if (++ended === count) resolve();
    });
    for (const worker of Object.values(cluster.workers)) worker.disconnect();
  });
  cluster.removeAllListeners();
}

if (cluster.isPrimary) {
  (async () => {
    await run(1, 4101);
    await run(2, 4102);
    console.log(cluster.schedulingPolicy, cluster.isWorker, lines.join('\n'));
    const killed = cluster.fork({ PORT: '4103' });
    killed.on('online', () => killed.process.kill('SIGKILL'));
    killed.on('exit', (code, signal) => console.log('killed', code, signal, killed.isDead(), killed.isConnected()));
  })();
} else {
  process.on('message', (message) => process.send({ echo: message, worker: cluster.isWorker }));
  http
    .createServer((req, res) => {
      res.setHeader('connection', 'close');
      res.end(`worker ${process.env.NUMBER}`);
    })
    .listen(Number(process.env.PORT));
}
