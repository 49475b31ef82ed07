import { layout } from '../../kernel/layout.ts';
import type { ProgramContext } from '../../shell/program.ts';

const MAX_LINES = 1_000;

/**
 * What .npmrc files and the environment set, as options of the command line, to stand before its own: the user's
 * file, the project's, then `npm_config_*`. `NODE_ENV=production` leaves development dependencies out.
 */
export function settingsOf(context: ProgramContext, folder: string): string[] {
  const { env, fs } = context;
  const options = env['NODE_ENV'] === 'production' ? ['--omit=dev'] : [];
  for (const path of [`${layout.home}/.npmrc`, `${folder}/.npmrc`]) {
    if (!fs.exists(path)) continue;
    for (const line of fs.readText(path).split(/\r?\n/, MAX_LINES)) {
      const found = /^\s*([\w-]+)\s*(?:=\s*(.*?)\s*)?$/.exec(line);
      if (found?.[1] !== undefined) options.push(`--${found[1]}=${found[2] ?? 'true'}`);
    }
  }
  for (const [name, value] of Object.entries(env)) {
    const key = /^npm_config_([a-z_]+)$/i.exec(name)?.[1];
    if (key !== undefined && !/user_agent/i.test(key))
      options.push(`--${key.toLowerCase().replaceAll('_', '-')}=${value}`);
  }
  return options;
}
