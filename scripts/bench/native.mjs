import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ratesOf, untilAnswered } from './rates.mjs';
import { importSource } from './shared.mjs';

/**
 * The servers of apps.mjs as processes of this machine, asked over the loopback.
 * @param {object} app what apps.mjs gives
 * @param {{starts: number, warmUp: number, measured: number}} counts
 * @param {string} frozen what `pip freeze` named in the sandbox: the same versions are installed here
 */
export async function measureNatively(app, counts, frozen) {
  const folder = await mkdtemp(join(tmpdir(), 'decay-bench-'));
  const { node, python } = await (await importSource('src/engines/native/toolchain.ts')).findToolchain();
  for (const [name, text] of Object.entries(app.files)) await writeFile(join(folder, name), text);
  const bin = join(folder, '.venv', 'bin');
  if (app.engine === 'python') {
    must(python?.path ?? 'python3', ['-m', 'venv', '.venv'], folder);
    await writeFile(join(folder, 'frozen.txt'), frozen);
    must(join(bin, 'pip'), ['install', '--quiet', '-r', 'frozen.txt'], folder);
  } else must('npm', ['install', '--no-audit', '--no-fund', '--silent'], folder);
  const [program, args] = app.start;
  const PATH = [bin, join(node.path, '..'), process.env.PATH].join(delimiter);
  const starts = [];
  let rates = [];
  for (let at = 0; at < counts.starts; at++) {
    const agent = new Agent({ keepAlive: true });
    const get = () => fetchOnce(app.port, agent);
    const begin = performance.now();
    const child = spawn(program, args, { cwd: folder, stdio: 'ignore', env: { ...process.env, PATH } });
    const exited = new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
    await untilAnswered(get, exited);
    starts.push(performance.now() - begin);
    if (at === 0) rates = await ratesOf(get, counts);
    agent.destroy();
    // A master that is killed leaves its workers behind.
    child.kill('SIGTERM');
    await exited;
  }
  await rm(folder, { recursive: true, force: true });
  return { starts, rates };
}

function must(program, args, cwd) {
  const { status, error } = spawnSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? `exit ${status}`}`);
}

function fetchOnce(port, agent) {
  return new Promise((resolve, reject) => {
    request({ port, agent, host: '127.0.0.1' }, (response) => {
      response
        .resume()
        .on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error('not answered'))));
    })
      .on('error', reject)
      .end();
  });
}
