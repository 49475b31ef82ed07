import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { command, ensureSetup } from './setup.mjs';

/** `npm test`: sets up what is missing, finds or installs a Chromium, and runs every test. Arguments go to vitest. */
const root = fileURLToPath(new URL('..', import.meta.url));

try {
  await ensureSetup();
  await ensureChromium();
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(`\nThe tests could not be run: ${error.message}`);
  process.exitCode = 1;
}

async function ensureChromium() {
  const { findChromium } = await import('./chromium.mjs');
  if (found(findChromium)) return;
  console.error('- no Chromium found; installing one …');
  const attempts = [];
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    attempts.push(() => {
      command('apt-get', ['update', '-qq']);
      command('apt-get', ['install', '-y', '-qq', 'chromium']);
    });
  }
  attempts.push(() =>
    command(process.execPath, ['node_modules/playwright-core/cli.js', 'install', '--with-deps', 'chromium']),
  );
  attempts.push(() =>
    command(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium']),
  );
  for (const attempt of attempts) {
    try {
      attempt();
    } catch (error) {
      console.error(`  ${error.message}`);
    }
    if (found(findChromium)) return;
  }
  throw new Error(
    'no Chromium could be installed. Install Chromium or Chrome yourself and set DECAY_CHROMIUM to its path.',
  );
}

function found(findChromium) {
  try {
    return findChromium() !== undefined;
  } catch {
    return false;
  }
}
