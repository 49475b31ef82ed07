import { describeTask, frameworkLabels, tasks } from '../../../tasks/index.ts';
import type { Framework, Task } from '../../domain/task.ts';
import type { FileMap } from '../../engines/engine.ts';
import { setupText } from '../english/setup.ts';

/** What a press on the button beside a doubt does about it. */
export type Mend = { readonly taskId: string } | { readonly top: string };

/** Something about a submission that will probably make it fail; it can be run all the same. */
export interface Doubt {
  readonly text: string;
  readonly mend?: Mend & { readonly label: string };
}

const text = setupText.doubts;

/** What is likely to go wrong when these files are run for this task. */
export function doubtsAbout(files: FileMap, task: Task): readonly Doubt[] {
  const missing = ['run.sh', task.dependencyFile].filter((path) => !Object.hasOwn(files, path));
  const top = missing.includes('run.sh') ? folderOfServer(files) : undefined;
  const other = top === undefined ? otherFramework(files, task) : undefined;
  return [
    ...missing.map((path) => ({ text: setupText.missingFile(path) })),
    ...(top === undefined
      ? []
      : [{ text: text.deeper(top), mend: { top, label: text.takeAsTop(top) } } satisfies Doubt]),
    ...(other === undefined ? [] : [otherTask(other, task)]),
    ...scriptDoubts(files['run.sh']),
  ];
}

/** The files below a folder, as if it were the top. */
export function belowFolder(files: FileMap, folder: string): FileMap {
  const below = Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`));
  return Object.fromEntries(below.map(([path, content]) => [path.slice(folder.length + 1), content]));
}

/** The one folder that has a run.sh. */
function folderOfServer(files: FileMap): string | undefined {
  const scripts = Object.keys(files).filter((path) => path.endsWith('/run.sh'));
  return scripts.length === 1 ? scripts[0]?.slice(0, -'/run.sh'.length) : undefined;
}

function otherTask(framework: Framework, task: Task): Doubt {
  const { architecture, database, orm } = task.constraints;
  const same = tasks.find(
    ({ framework: its, constraints }) =>
      its === framework &&
      constraints.architecture === architecture &&
      constraints.database === database &&
      constraints.orm === orm,
  );
  const said = text.otherFramework(frameworkLabels[framework], frameworkLabels[task.framework]);
  if (same === undefined) return { text: said };
  return { text: said, mend: { taskId: same.id, label: text.chooseTask(describeTask(same)) } };
}

/** The only framework of the tasks that the dependencies name, when it is not that of the task. */
function otherFramework(files: FileMap, task: Task): Framework | undefined {
  const named = [...inPackageJson(files['package.json']), ...inRequirements(files['requirements.txt'])];
  // A client of aiohttp is found beside other frameworks.
  const servers = named.length > 1 ? named.filter((name) => name !== 'aiohttp') : named;
  const [only] = servers;
  return servers.length === 1 && only !== task.framework && !named.includes(task.framework)
    ? only
    : undefined;
}

const isFramework = (name: string): name is Framework => Object.hasOwn(frameworkLabels, name);

function inPackageJson(content: FileMap[string] | undefined): readonly Framework[] {
  if (typeof content !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(content);
    const dependencies: unknown =
      typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'dependencies') : undefined;
    return typeof dependencies === 'object' && dependencies !== null
      ? Object.keys(dependencies).filter(isFramework)
      : [];
  } catch {
    // npm will say what is wrong with it.
    return [];
  }
}

function inRequirements(content: FileMap[string] | undefined): readonly Framework[] {
  if (typeof content !== 'string') return [];
  const names = content.split('\n').map((line) => /^\s*([\w.-]+)/.exec(line)?.[1]?.toLowerCase() ?? '');
  return [...new Set(names.filter(isFramework))];
}

function scriptDoubts(script: FileMap[string] | undefined): readonly Doubt[] {
  if (script instanceof Uint8Array) return [{ text: text.noText('run.sh') }];
  return [
    ...(script?.startsWith('\uFEFF') === true ? [{ text: text.byteOrderMark('run.sh') }] : []),
    ...(script?.includes('\r\n') === true ? [{ text: text.carriageReturns('run.sh') }] : []),
  ];
}
