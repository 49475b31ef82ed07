const http = require('node:http');
const { Worker } = require('node:worker_threads');
const { execFile, exec, spawn, fork, spawnSync, execSync } = require('node:child_process');
const path = require('node:path');
const fib = (n) => new Promise((done, failed) => {
  const worker = new Worker(path.join(__dirname, 'fib.js'), { workerData: { n }, name: 'fib' });
  worker.once('message', done).once('error', failed);
});
const routes = {
  '/fib': () => fib(20),
  '/fib-error': () => fib('x').catch((error) => `${error.name}: ${error.message}`),
  '/inline': () => new Promise((done) => {
    const worker = new Worker('const { parentPort, workerData } = require("worker_threads"); parentPort.on("message", (m) => { parentPort.postMessage([m, workerData, new Map([[1, new Date(0)]])]); parentPort.close(); })', { eval: true, workerData: 'w' });
    const seen = [];
    worker.on('message', (m) => seen.push(m[0], m[1], m[2].get(1).getTime())).on('exit', (code) => done([...seen, code]));
    worker.postMessage({ a: 1n });
  }).then((list) => JSON.parse(JSON.stringify(list, (k, v) => (typeof v === 'bigint' ? `${v}n` : v)))),
  '/execFile': () => new Promise((done) => execFile(process.execPath, ['-e', 'console.log(process.argv.slice(1).join()); console.error("err"); process.exit(3)', 'a', 'b'], (error, stdout, stderr) => done({ code: error.code, killed: error.killed, stdout, stderr }))),
  '/exec': () => new Promise((done) => exec('echo $WHO && pwd | wc -l && false', { env: { ...process.env, WHO: 'me' } }, (error, stdout) => done({ code: error.code, cmd: error.cmd, stdout: stdout.replace(/ +/g, '') }))),
  '/spawn': () => new Promise((done) => {
    const child = spawn('cat', [], { stdio: 'pipe' });
    let text = '';
    child.stdout.on('data', (part) => (text += part));
    child.on('close', (code, signal) => done({ text, code, signal }));
    child.stdin.end('through cat');
  }),
  '/enoent': () => new Promise((done) => spawn('no-such-program', ['x']).on('error', ({ code, syscall, path, spawnargs, message }) => done({ code, syscall, path, spawnargs, message }))),
  '/fork': () => new Promise((done) => {
    const child = fork(path.join(__dirname, 'child.js'), ['arg'], { silent: true });
    const seen = [];
    child.on('message', (message) => {
      seen.push(message);
      if (message.echo) child.disconnect();
    });
    child.on('exit', (code, signal) => done([...seen, code, signal]));
    child.send({ hello: 'child' });
  }),
  '/kill': () => new Promise((done) => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("on")']);
    child.stdout.once('data', () => child.kill('SIGTERM'));
    child.on('exit', (code, signal) => done({ code, signal, killed: child.killed }));
  }),
  '/sync': () => ({ exec: execSync('echo sync').toString(), spawn: spawnSync(process.execPath, ['-p', '1 + 1'], { encoding: 'utf8' }).stdout, status: spawnSync('sh', ['-c', 'exit 4']).status }),
};
http.createServer(async (req, res) => {
  const route = routes[req.url];
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(route ? await route() : Object.keys(routes)));
}).listen(process.env.PORT || 3000, () => console.log('up'));
