import type { RunningCode } from '../entry/index.ts';
import type { Module, Project } from '../syntax/types.ts';
import { readStart, type Evaluator, type Value } from '../values/index.ts';
import { frameworksIn, isOwnHandler } from './applications.ts';
import type { Sighting } from './sightings.ts';

/** Programs that serve the application whose name they are given. */
const servers =
  /^(?:uvicorn|gunicorn|hypercorn|daphne|granian|waitress-serve|waitress|aiohttp\.web|sanic|uwsgi|flask|quart|fastapi|litestar)$/;
const applicationNames = ['app', 'application', 'create_app', 'make_app', 'api'];
const defaultModules = ['app', 'wsgi', 'main', 'app.main', 'app.app'];

/** What the commands of run.sh serve: `uvicorn app.main:app`, `gunicorn wsgi`, `flask --app x run`. */
export function sightCommands(project: Project, running: RunningCode, evaluator: Evaluator): Sighting[] {
  return readStart(project).commands.flatMap(({ words, at }) => {
    const program = words.findIndex((word) => servers.test(baseName(word)));
    const word = words[program];
    if (word === undefined || !isProgram(words, program)) return [];
    const rest = words.slice(program + 1);
    const isRunner = /^(?:flask|quart|fastapi|litestar)$/.test(baseName(word));
    if (isRunner && !rest.includes('run') && !rest.includes('dev')) return [];
    const targets = isRunner ? [...rest, ...variable(evaluator, 'FLASK_APP'), ...defaultModules] : rest;
    const values = firstApplication(project, running, evaluator, targets);
    return kindsIn(evaluator, values).map((kind) => ({ kind, file: 'run.sh', at }));
  });
}

function kindsIn(evaluator: Evaluator, values: readonly Value[]): Sighting['kind'][] {
  const found = frameworksIn(evaluator, values);
  if (found.length > 0) return found;
  return values.some(isOwnHandler) ? ['own'] : [];
}

/** Whether run.sh has Django serve: `manage.py runserver`. */
export function findRunserver(project: Project): number | undefined {
  return readStart(project).commands.find(({ words }) => words.includes('runserver'))?.at;
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** A program stands first, behind `-m`, or behind other programs that run it, not behind `install`. */
function isProgram(words: readonly string[], index: number): boolean {
  return !words.slice(0, index).some((word) => word === 'install' || word === 'add' || word === 'pip');
}

function variable(evaluator: Evaluator, name: string): string[] {
  const [value] = evaluator.environment.read(name);
  return value?.kind === 'text' ? [value.text] : [];
}

/** The values of the first word that names a module of the submission. */
function firstApplication(
  project: Project,
  running: RunningCode,
  evaluator: Evaluator,
  words: readonly string[],
): readonly Value[] {
  const ordered = [
    ...words.filter((word) => word.includes(':')),
    ...words.filter((word) => !word.includes(':')),
  ];
  for (const word of ordered) {
    const match = /^(?:--?[\w-]+=)?([A-Za-z_][\w./-]*?)(?:\.py)?(?::([A-Za-z_][\w.]*)(?:\(.*\))?)?$/s.exec(
      word,
    );
    const module = match?.[1] === undefined ? undefined : findModule(project, running, match[1]);
    if (module === undefined) continue;
    const names = match?.[2] === undefined ? applicationNames : [match[2]];
    const known = names
      .map((name) => memberOf(evaluator, module, name))
      .find((values) => values.some((value) => value.kind !== 'unknown' && !isBuiltin(value)));
    if (known !== undefined) return known;
  }
  return [];
}

function memberOf(evaluator: Evaluator, module: Module, path: string): readonly Value[] {
  const [first = '', ...rest] = path.split('.');
  return rest.reduce((values, part) => evaluator.member(values, part), evaluator.defined(module, first));
}

/** A name that the module does not define. */
function isBuiltin(value: Value): boolean {
  return value.kind === 'package' && (value.name === 'builtins' || value.name === 'globalThis');
}

/** A dotted name or a path; commands may run in a folder of the submission. */
function findModule(project: Project, running: RunningCode, named: string): Module | undefined {
  const stem = named.replace(/^\.\//, '').replaceAll('.', '/');
  const endings = [`${stem}.py`, `${stem}/__init__.py`, `${stem}/main.py`];
  for (const ending of endings) {
    const exact = project.modules.get(ending);
    if (exact !== undefined) return exact;
  }
  return running.modules.find(({ path }) =>
    endings.slice(0, 2).some((ending) => path.endsWith(`/${ending}`)),
  );
}
