import { FsError, type FileSystem } from '../../fs/types.ts';
import { layout } from '../../kernel/layout.ts';
import { absolute } from '../../kernel/executables.ts';
import type { Program, ProgramContext } from '../../shell/program.ts';
import { LAUNCHER_START } from './wheel.ts';

/** Commands of every environment, and where they lead. */
const COMMANDS: Readonly<Record<string, string>> = {
  python: layout.pythonPath,
  python3: layout.pythonPath,
  pip: `${layout.bin}/pip`,
  pip3: `${layout.bin}/pip`,
};

/** Options of `python -m venv` whose value is the next word. */
const WITH_VALUE = new Set(['--prompt', '--scm-ignore-files']);

/** `python -m venv DIR…`; the interpreter starts it under the name VENV. */
export const venvProgram: Program = (context) => {
  const folders = context.args.filter(
    (word, index) => !word.startsWith('-') && !WITH_VALUE.has(context.args[index - 1] ?? ''),
  );
  if (folders.length > 0) {
    try {
      for (const folder of folders) makeEnvironment(context, folder);
      return Promise.resolve(0);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      context.write('stderr', `Error: unable to create the environment: ${error.message}\n`);
      return Promise.resolve(1);
    }
  }
  context.write(
    'stderr',
    'usage: venv [-h] [--system-site-packages] [--clear] [--upgrade] [--without-pip] ENV_DIR [ENV_DIR ...]\n' +
      'venv: error: the following arguments are required: ENV_DIR\n',
  );
  return Promise.resolve(2);
};

/** Name under which `venvProgram` lies on PATH. */
export const VENV = '__venv';

/** Makes a virtual environment that shares the sandbox's only set of packages: its commands lead there. */
export function makeEnvironment(context: ProgramContext, name: string): void {
  const { fs } = context;
  const folder = absolute(context.cwd, name).replace(/\/+$/, '');
  fs.mkdirp(`${folder}/bin`);
  for (const [command, target] of Object.entries(COMMANDS)) link(fs, target, `${folder}/bin/${command}`);
  fs.writeFile(`${folder}/bin/activate`, activation(folder));
  fs.writeFile(`${folder}/pyvenv.cfg`, `home = ${layout.bin}\ninclude-system-site-packages = true\n`);
  linkScripts(fs, folder);
  context.substitution({
    package: 'venv',
    kind: 'runtime',
    detail:
      'Virtual environments share the packages of the sandbox: what is installed outside is found inside.',
  });
}

/** Puts the commands of installed packages into an environment; does nothing where there is none. */
export function linkScripts(fs: FileSystem, folder: string): void {
  if (!fs.exists(`${folder}/pyvenv.cfg`)) return;
  for (const { name, type } of fs.readdir(layout.bin)) {
    const script = `${layout.bin}/${name}`;
    if (type === 'file' && fs.readText(script).startsWith(LAUNCHER_START))
      link(fs, script, `${folder}/bin/${name}`);
  }
}

function link(fs: FileSystem, target: string, path: string): void {
  if (!fs.exists(path)) fs.symlink(target, path);
}

/** Is sourced, not run: nothing but builtins of the shell. */
function activation(folder: string): string {
  const quoted = `'${folder.replaceAll("'", `'\\''`)}'`;
  return `deactivate () {
    export PATH="$_OLD_VIRTUAL_PATH"
    unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT _OLD_VIRTUAL_PATH
}
export VIRTUAL_ENV=${quoted}
export VIRTUAL_ENV_PROMPT='(${folder.slice(folder.lastIndexOf('/') + 1).replaceAll("'", '')}) '
_OLD_VIRTUAL_PATH="$PATH"
export PATH="$VIRTUAL_ENV/bin:$PATH"
`;
}
