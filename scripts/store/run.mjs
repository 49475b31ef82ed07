/** Starting npm and pip from the build. */
import { spawn } from 'node:child_process';

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>} `code` is 127 when there is no such command
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/**
 * Runs a command that has to work.
 * @param {string} what said when it fails, e.g. "fetching the npm packages"
 * @param {string} command @param {string[]} args @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @throws Error with the end of the command's output
 */
export async function runChecked(what, command, args, options) {
  const result = await run(command, args, options);
  if (result.code === 0) return result;
  const tail = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-15).join('\n');
  throw new Error(
    `${what} failed: \`${command} ${args.slice(0, 4).join(' ')} …\` ended with ${result.code}.\n${tail}\n` +
      'Check the network and the proxy settings of npm and pip, then run the build again; it continues where it was.',
  );
}
