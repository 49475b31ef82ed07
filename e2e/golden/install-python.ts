import type { Box } from './box.ts';
import type { Installed } from './languages.ts';
import type { AppCase, ProbeCase } from './scenario.ts';

/** `name==version` of each package in the output of `pip freeze`. */
export function frozen(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.includes('=='))
    .sort();
}

/**
 * Installs with the sandbox's own pip what a folder's requirements.txt wants.
 * @throws Error with pip's output when it fails
 */
export async function installPip(box: Box, folder: string): Promise<Installed> {
  const run = await box.run('pip install -r requirements.txt >&2 && pip freeze', folder, {});
  const { code, stdout, stderr } = await run.ended;
  const [text, log] = [stdout, stderr].map((bytes) => Buffer.from(bytes).toString('utf8'));
  if (code !== 0 || text === undefined) throw new Error(`pip install ended with ${code}: ${log}`);
  const packages = frozen(text);
  if (packages.length === 0) throw new Error(`pip froze nothing after: ${log}`);
  return { packages, lock: `${packages.join('\n')}\n` };
}

/** The requirements of a case, or undefined when it needs no packages. */
export function requirementsOf(item: AppCase | ProbeCase): { file: string; text: string } | undefined {
  const file = 'requirements.txt';
  if (item.kind === 'probe') {
    return item.install.length === 0 ? undefined : { file, text: `${item.install.join('\n')}\n` };
  }
  const given = item.files[file];
  if (given === undefined) return undefined;
  const text = typeof given === 'string' ? given : new TextDecoder().decode(given);
  return text.trim() === '' ? undefined : { file, text };
}
