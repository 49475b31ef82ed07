import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['src/engines/python/crypto', 'src/engines/hashing', 'src/engines/node/crypto'];

/**
 * The part of the Python engine that hashes and encrypts, as a script that defines `part`. Kept until a source changes.
 * @param {string} folder where to write it
 * @returns {Promise<{name: string, path: string}>}
 */
export async function cryptoPart(folder) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `python-crypto-${fingerprint()}.js`);
  if (!existsSync(path)) {
    const script = await bundle();
    writeFileSync(`${path}.${process.pid}`, script);
    for (const old of readdirSync(folder)) {
      if (/^python-crypto-\w+\.js$/.test(old)) rmSync(join(folder, old), { force: true });
    }
    renameSync(`${path}.${process.pid}`, path);
  }
  return { name: 'python-crypto.js', path };
}

function fingerprint() {
  const hash = createHash('sha256');
  const lock = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  hash.update(JSON.stringify(lock.dependencies ?? {})).update(JSON.stringify(lock.devDependencies ?? {}));
  for (const folder of sources) {
    for (const name of readdirSync(join(root, folder)).sort()) {
      if (name.endsWith('.ts') && !name.endsWith('.test.ts'))
        hash.update(name).update(readFileSync(join(root, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function bundle() {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      copyPublicDir: false,
      lib: {
        entry: join(root, 'src/engines/python/crypto/main.ts'),
        formats: ['iife'],
        name: 'part',
        fileName: () => 'part.js',
      },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  return output.find((item) => item.type === 'chunk').code;
}
