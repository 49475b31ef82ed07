import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import type { FileMap } from '../../src/engines/engine.ts';
import type { Language } from './languages.ts';

const headers = v.record(v.string(), v.union([v.string(), v.array(v.string())]));

const request = v.strictObject({
  /** Method and target, e.g. `POST /users?a=b`. `{{name}}` stands for a saved value, here and below. */
  request: v.string(),
  headers: v.optional(headers),
  /** The body: text, bytes in base64, or JSON (which also sets Content-Type unless a header does). */
  body: v.optional(v.string()),
  base64: v.optional(v.string()),
  json: v.optional(v.unknown()),
  /** Values for later requests: the first group of each pattern, sought in the status line, headers and body. */
  save: v.optional(v.record(v.string(), v.string())),
  /** Patterns whose first group differs from run to run; it is masked. */
  mask: v.optional(v.array(v.string())),
});

const raw = v.strictObject({
  /** Bytes over a connection of its own (Latin-1), sent in as many writes as there are entries. */
  raw: v.union([v.string(), v.array(v.string())]),
  /** Reading ends when the server closes or when this pattern has come. */
  until: v.optional(v.string()),
  save: v.optional(v.record(v.string(), v.string())),
  mask: v.optional(v.array(v.string())),
});

const single = v.union([v.string(), request, raw]);

const step = v.union([
  single,
  /** Requests that are under way at the same time. */
  v.strictObject({ parallel: v.array(single) }),
  v.strictObject({ waitMs: v.number() }),
]);

const scenario = v.strictObject({
  port: v.number(),
  /** Command in place of `bash run.sh`, after the installation. */
  start: v.optional(v.string()),
  /** How it ends: by a signal once all is asked (default SIGTERM), or by itself. */
  end: v.optional(v.picklist(['SIGTERM', 'SIGINT', 'itself'])),
  /** Patterns of the output whose first group differs from run to run; it is masked. */
  mask: v.optional(v.array(v.string())),
  steps: v.array(step),
});

export type RequestStep = v.InferOutput<typeof request>;
export type RawStep = v.InferOutput<typeof raw>;
export type Step = v.InferOutput<typeof step>;
export type Scenario = v.InferOutput<typeof scenario>;

/** An app of the golden suite: its files, and what it is asked. */
export interface AppCase {
  kind: 'app';
  language: Language;
  /** `apps/NAME` */
  id: string;
  files: FileMap;
  scenario: Scenario;
}

/** A program of the golden suite, alone. */
export interface ProbeCase {
  kind: 'probe';
  language: Language;
  /** `probes/SUBJECT/FILE` */
  id: string;
  files: FileMap;
  /** Shell command, run in the directory of the files. */
  command: string;
  /** `name@version` each; of Python, requirements. */
  install: string[];
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.sort()) {
    if (/(?:^|\/)(?:node_modules|__pycache__)(?:\/|$)/.test(entry)) continue;
    if ((await stat(join(folder, entry))).isFile()) found.push(entry);
  }
  return found;
}

function header(text: string, comment: string, name: string): string | undefined {
  const lines = text.split('\n').slice(0, 12);
  const prefix = `${comment} ${name}:`;
  return lines
    .find((line) => line.startsWith(prefix))
    ?.slice(prefix.length)
    .trim();
}

const words = (text: string | undefined) => text?.split(/\s+/).filter((word) => word !== '') ?? [];

/** The probes below a folder, without the files that others name as theirs. @param folder - e.g. `e2e/golden/node` */
export async function findProbes(folder: string, language: Language): Promise<ProbeCase[]> {
  const root = join(folder, 'probes');
  const { probeFile, comment, program } = language;
  const names = (await filesUnder(root)).filter((name) => probeFile.test(name));
  const probes: ProbeCase[] = [];
  const used = new Set<string>();
  for (const name of names) {
    const text = await readFile(join(root, name), 'utf8');
    const place = join(root, name, '..');
    const own = name.slice(name.lastIndexOf('/') + 1);
    const files: FileMap = { [own]: text };
    for (const extra of words(header(text, comment, 'files'))) {
      files[extra] = new Uint8Array(await readFile(join(place, extra)));
      used.add(relative(root, join(place, extra)));
    }
    const command = header(text, comment, 'run') ?? `${program} ${own}`;
    const install = words(header(text, comment, 'install'));
    probes.push({ kind: 'probe', language, id: `probes/${name}`, files, command, install });
  }
  return probes.filter(({ id }) => !used.has(id.slice('probes/'.length)));
}

/** The apps below a folder. @throws Error for a scenario that is not one; the message names it. */
export async function findApps(folder: string, language: Language): Promise<AppCase[]> {
  const root = join(folder, 'apps');
  const apps: AppCase[] = [];
  for (const name of (await readdir(root).catch(() => [])).sort()) {
    const files: FileMap = {};
    for (const file of await filesUnder(join(root, name))) {
      if (file !== 'requests.json') files[file] = new Uint8Array(await readFile(join(root, name, file)));
    }
    const text = await readFile(join(root, name, 'requests.json'), 'utf8');
    const parsed = v.safeParse(scenario, JSON.parse(text));
    if (!parsed.success) {
      throw new Error(`apps/${name}/requests.json: ${JSON.stringify(v.flatten(parsed.issues).nested)}`);
    }
    apps.push({ kind: 'app', language, id: `apps/${name}`, files, scenario: parsed.output });
  }
  return apps;
}

/** The folder of a case below the working directory; the same in every engine, as paths come out in traces. */
export function folderOf({ kind, id }: AppCase | ProbeCase): string {
  return kind === 'app' ? 'golden' : id.slice('probes/'.length).replace(/[^\w-]+/g, '-');
}
