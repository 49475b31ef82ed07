import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env, getuid, platform } from 'node:process';
import { chromium } from 'playwright-core';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

/** Where installers put it on systems that have no command for it. */
const places = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    join(env.PROGRAMFILES ?? 'C:\\Program Files', 'Google/Chrome/Application/chrome.exe'),
    join(env['PROGRAMFILES(X86)'] ?? 'C:\\Program Files (x86)', 'Microsoft/Edge/Application/msedge.exe'),
  ],
};

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The Chromium to drive: DECAY_CHROMIUM or CHROME_PATH when set, else a browser on PATH or in its usual place,
 * else Playwright's own.
 * @returns {string} path of the executable
 * @throws {Error} when there is none; the message says what to do.
 */
export function findChromium() {
  for (const variable of ['DECAY_CHROMIUM', 'CHROME_PATH']) {
    const path = env[variable];
    if (path === undefined || path === '') continue;
    if (isExecutable(path)) return path;
    throw new Error(
      `${variable} is set to ${path}, which is not an executable file. Set it to a Chromium or unset it.`,
    );
  }
  const onPath = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    ...names.flatMap((name) => onPath.map((dir) => join(dir, name))),
    ...(places[platform] ?? []),
    chromium.executablePath(),
  ];
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium found. Install Chromium or Google Chrome so that it is on PATH, or set DECAY_CHROMIUM to its ' +
      'executable, or run `npx playwright-core install chromium`.',
  );
}

/**
 * Options for `chromium.launch` of playwright-core.
 * @returns {{executablePath: string, headless: true, args: string[]}}
 */
export function launchOptions() {
  const args = [
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
    // A tab that nobody sees is otherwise slowed down.
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
  ];
  // Chromium refuses to start as root with its own sandbox; containers and CI run as root.
  if (getuid?.() === 0) args.push('--no-sandbox');
  return { executablePath: findChromium(), headless: true, args };
}
