import type { RunningCode } from '../entry/index.ts';
import type { Liveness } from '../entry/liveness.ts';
import type { Expression, Module, Project, Statement } from '../syntax/types.ts';
import {
  callsIn,
  scopesOf,
  type Condition,
  type Evaluator,
  type Scope,
  type Value,
} from '../values/index.ts';
import { frameworksIn, inArguments, isOwnHandler } from './applications.ts';
import { constructorNames, frameworkPackages, kindOf, type Kind } from './known.ts';

/** Something that is constructed or serves, and where. */
export interface Sighting {
  readonly kind: Kind | 'own' | 'unknown';
  readonly file: string;
  /** Offset into the file. */
  readonly at: number;
}

export interface Sightings {
  readonly constructed: Sighting[];
  readonly served: Sighting[];
}

type Call = Expression & { kind: 'call' };

/** Functions of packages that serve what they are given. */
const servers = new Set(
  [
    'uvicorn.run',
    'uvicorn.Config',
    'hypercorn.serve',
    'hypercorn.asyncio.serve',
    'hypercorn.trio.serve',
    'waitress.serve',
    'waitress.create_server',
    'granian.Granian',
    'werkzeug.run_simple',
    'werkzeug.serving.run_simple',
    'wsgiref.make_server',
    'wsgiref.simple_server.make_server',
    'gevent.WSGIServer',
    'gevent.pywsgi.WSGIServer',
    'eventlet.wsgi.server',
    'cheroot.Server',
    'cheroot.wsgi.Server',
    'bjoern.run',
    'aiohttp.web.run_app',
    'aiohttp.run_app',
    'aiohttp.web.AppRunner',
    'aiohttp.AppRunner',
    'aiohttp.web.Server',
    'aiohttp.web.ServerRunner',
    'bottle.run',
    'http.createServer',
    'https.createServer',
    'http2.createServer',
    'http2.createSecureServer',
    'spdy.createServer',
    '@hono/node-server.serve',
    '@hono/node-server.createAdaptorServer',
    'globalThis.Bun.serve',
    'globalThis.Deno.serve',
    'stoppable',
  ].sort(),
);
/** Servers of the languages' own libraries, whose handlers are classes or functions of the submission. */
const rawServers =
  /^(?:http\.(?:server\.)?(?:Threading)?HTTPServer|socketserver\.(?:Threading)?(?:TCP|UnixStream)Server|asyncio\.start_server|net\.createServer)$/;
/** Methods that make an application serve. */
const methods = new Set(['listen', 'run', 'run_task', 'start', 'serve', 'listenAsync']);
const tails = new Set([
  ...methods,
  'on',
  'HTTPServer',
  'ThreadingHTTPServer',
  'TCPServer',
  'ThreadingTCPServer',
  'start_server',
  ...[...servers].map((each) => each.slice(each.lastIndexOf('.') + 1)),
]);

/** What the running code constructs and serves. */
export function sight(project: Project, running: RunningCode, evaluator: Evaluator): Sightings {
  const found: Sightings = { constructed: [], served: [] };
  for (const module of running.modules) {
    const candidates = new Set(callsIn(module).filter((call) => isCandidate(project, module, call)));
    if (candidates.size === 0) continue;
    const isEntry = running.entries.length === 0 || running.entries.includes(module.path);
    for (const { call, site } of scopesOf(module).calls) {
      if (!candidates.has(call) || (!isEntry && isForEntryOnly(site.when))) continue;
      if (isIdle(site.scope, running.liveness) || !evaluator.mayRun(site)) continue;
      const place = { file: module.path, at: call.at };
      for (const kind of constructedBy(evaluator, module, call)) found.constructed.push({ kind, ...place });
      if (!mayServe(module, call)) continue;
      for (const kind of servedBy(evaluator, module, call)) found.served.push({ kind, ...place });
    }
  }
  return found;
}

function isCandidate(project: Project, module: Module, call: Call): boolean {
  return mayServe(module, call) || mayConstruct(project, module, call);
}

function mayServe(module: Module, { callee }: Call): boolean {
  return tails.has(tailOf(callee)) || isLocalAlias(module, callee);
}

/** Whether a scope is, or lies in, a function that nothing calls. */
function isIdle(scope: Scope, { idle }: Liveness): boolean {
  for (let each: Scope | undefined = scope; each !== undefined; each = each.parent) {
    if (each.node?.kind === 'callable' && idle.has(each.node)) return true;
  }
  return false;
}

/** Whether a call may construct an application: its name says so, or it is imported or given under another one. */
function mayConstruct(project: Project, module: Module, call: Call): boolean {
  const { callee } = call;
  if (constructorNames.has(tailOf(callee))) return true;
  if (callee.kind === 'call') return callee.callee.kind === 'name' && callee.callee.name === 'require';
  if (callee.kind !== 'name') return false;
  const target = project.origin(module, callee.name);
  if (target?.resolution.kind === 'package') return frameworkPackages.has(target.resolution.name);
  const home = target?.resolution.kind === 'file' ? project.modules.get(target.resolution.path) : module;
  const name = target === undefined ? callee.name : target.name;
  // A function of the submission constructs what it constructs inside; a class may be derived from a framework's.
  return (home?.body ?? []).some((statement) => mayGive(statement, name));
}

function mayGive(statement: Statement, name: string): boolean {
  if (statement.kind === 'declare') {
    return (
      statement.value.kind === 'class' && statement.value.name === name && statement.value.bases.length > 0
    );
  }
  if (statement.kind !== 'assign' || statement.value?.kind === 'callable') return false;
  return statement.targets.some((target) => target.kind !== 'name' || target.name === name);
}

/** `const start = app.listen.bind(app)` is not followed; `const { createServer: make } = require('http')` is. */
function isLocalAlias(module: Module, callee: Expression): boolean {
  if (callee.kind !== 'name') return false;
  return module.imports.some(({ names }) =>
    names.some(({ imported, local }) => local === callee.name && local !== imported && tails.has(imported)),
  );
}

function constructedBy(evaluator: Evaluator, module: Module, call: Call): Kind[] {
  const found = evaluator.possibleValues(module, call.callee).flatMap((callee): Kind[] => {
    if (callee.kind === 'class') return frameworksIn(evaluator, [callee]);
    if (callee.kind !== 'package') return [];
    const kind = kindOf(callee.name, [...callee.path, '()']);
    // What an application gives, when it is called, is no further application.
    return kind === undefined || kindOf(callee.name, callee.path) !== undefined ? [] : [kind];
  });
  return [...new Set(found)];
}

function servedBy(evaluator: Evaluator, module: Module, call: Call): Sighting['kind'][] {
  const { callee } = call;
  if (callee.kind === 'member' && methods.has(callee.name)) {
    const objects = evaluator.possibleValues(module, callee.object);
    const found = frameworksIn(evaluator, objects);
    if (found.length > 0) return found;
    if (callee.name === 'listen' && objects.some((value) => value.kind === 'unknown')) return ['unknown'];
  }
  if (callee.kind === 'member' && callee.name === 'on') return servedOnRequest(evaluator, module, call);
  return evaluator.possibleValues(module, callee).flatMap((value): Sighting['kind'][] => {
    if (value.kind !== 'package') return [];
    const name = [value.name, ...value.path].join('.');
    if (rawServers.test(name)) return call.args.length > 0 ? ['own'] : [];
    return servers.has(name) ? given(evaluator, module, call) : [];
  });
}

/** `server.on('request', app)`. */
function servedOnRequest(evaluator: Evaluator, module: Module, call: Call): Sighting['kind'][] {
  const [event, handler] = call.args;
  if (event?.value.kind !== 'text' || event.value.value !== 'request' || handler === undefined) return [];
  const values = evaluator.possibleValues(module, handler.value);
  const found = frameworksIn(evaluator, values);
  if (found.length > 0) return found;
  return values.some(isOwnHandler) ? ['own'] : ['unknown'];
}

/** What a server is given to serve: an application, its name as `module:name`, or a handler of the submission's own. */
function given(evaluator: Evaluator, module: Module, call: Call): Sighting['kind'][] {
  const found = inArguments(evaluator, module, call);
  if (found.length > 0) return found;
  const values = call.args.flatMap((argument) => evaluator.possibleValues(module, argument.value));
  const named = values.flatMap((value) =>
    value.kind === 'text' ? evaluateNamed(evaluator, module, value.text) : [],
  );
  const behind = frameworksIn(evaluator, named);
  if (behind.length > 0) return behind;
  if ([...values, ...named].some(isOwnHandler)) return ['own'];
  return values.some((value) => value.kind === 'unknown') ? ['unknown'] : [];
}

/** The value of `package.module:name`, or what it returns when it is a factory. */
export function evaluateNamed(evaluator: Evaluator, from: Module, named: string): Value[] {
  const [, specifier = '', path = ''] = /^([A-Za-z_][\w.]*):([A-Za-z_][\w.]*)(?:\(.*\))?$/s.exec(named) ?? [];
  if (specifier === '') return [];
  let values = evaluator.loaded(from, specifier, false);
  for (const part of path.split('.')) values = evaluator.member(values, part);
  return values.filter((value) => value.kind !== 'unknown');
}

/** Whether a place is for the file that is started: `if __name__ == '__main__'`, `require.main === module`. */
function isForEntryOnly(when: Condition | undefined): boolean {
  for (let each = when; each !== undefined; each = each.parent) {
    const { test } = each;
    if (test?.kind !== 'operation' || !/^(?:===?|is)$/.test(test.operator) || !each.side) continue;
    const isMain = test.operands.some(
      (operand) =>
        (operand.kind === 'name' && operand.name === '__name__') ||
        (operand.kind === 'member' &&
          operand.name === 'main' &&
          operand.object.kind === 'name' &&
          operand.object.name === 'require'),
    );
    if (isMain) return true;
  }
  return false;
}

function tailOf(callee: Expression): string {
  return callee.kind === 'name' || callee.kind === 'member' ? callee.name : '';
}
