import type { Finding, RuleResult } from '../../src/domain/verdict.ts';
import { layerOf, layers } from '../architecture/layers.ts';
import { importsOf, layerOfFile, layerOfImport } from '../architecture/paper.ts';
import { usesOf } from '../architecture/uses.ts';
import type { Import, Module } from '../syntax/types.ts';
import type { Scene } from './places.ts';

/** Reasons that are given at most. */
const mostReasons = 2;
/** Reasons that begin alike are of one kind, of which one is enough. */
const kindLength = 36;

/** Why the profiles differ on the architecture. */
export function explainArchitecture(scene: Scene, paper: RuleResult, parser: RuleResult): string {
  const findings = paper.compliant ? parser.findings : paper.findings;
  const explain = paper.compliant ? explainMissed : explainAlarm;
  const reasons = new Map<string, string>();
  for (const finding of findings) {
    if (reasons.size >= mostReasons) break;
    const reason = explain(scene, finding);
    const kind = reason.slice(0, kindLength);
    if (!reasons.has(kind)) reasons.set(kind, reason);
  }
  return [...reasons.values()].join(' ');
}

/** A finding of the paper that the parser does not share. */
function explainAlarm(scene: Scene, finding: Finding): string {
  const { file, line, column, message } = finding;
  if (message.startsWith('only ')) return explainUnknownDirectories(scene);
  const at = `${file}:${line}`;
  const module = scene.module(file);
  if (module === undefined) return `The paper’s rule reads an import at ${at}, in a file that is no code.`;
  const standing = scene.standing(file);
  if (standing !== undefined) return `The paper’s rule counts an import at ${at}, in ${standing}.`;
  const offset = scene.offset(file, line, column);
  const imported = importAt(module, offset);
  if (imported === undefined) {
    const place = scene.place(file, offset);
    return place === 'code'
      ? `The paper’s rule takes the name at ${at} for the module that is imported.`
      : `The paper’s rule counts a ${place} at ${at}.`;
  }
  if (imported.typeOnly)
    return `The paper’s rule counts an import of types at ${at}, which leaves nothing behind when the code runs.`;
  const own = layerOfFile(file);
  const nearest = layerOf(file);
  if (own?.name !== nearest?.name)
    return `By its order of layers the paper’s rule takes ${file} for the ${own?.name} layer; the directory nearest to it makes it ${nameOf(nearest?.name)}.`;
  const [use] = usesOf(scene.project, module, imported);
  const taken = layerOfImport(imported.specifier)?.name ?? '';
  const leads = use === undefined ? 'a package' : `${use.to}, ${nameOf(layerOf(use.to)?.name)}`;
  return `The paper’s rule takes ${imported.specifier} at ${at} for the ${taken} layer by a name on its path; it leads to ${leads}.`;
}

/** A finding of the parser that the paper does not share. */
function explainMissed(scene: Scene, finding: Finding): string {
  const { file, line, column, message } = finding;
  if (message.startsWith('no layers at all') || message.startsWith('only ')) return explainIdleLayers(scene);
  const at = `${file}:${line}`;
  if (message.includes('reaches the data itself'))
    return `The paper’s rule looks at imports only, not at what a file does: the route at ${at} queries by itself.`;
  if (message.includes('imports the web framework'))
    return `The paper’s rule knows no web frameworks: the model at ${at} imports one.`;
  const module = scene.module(file);
  const offset = scene.offset(file, line, column);
  const imported = module?.imports.find((one) => one.at === offset);
  if (module === undefined || imported === undefined)
    return `The paper’s rule does not see the import at ${at}.`;
  const own = layerOfFile(file);
  if (own?.name !== layerOf(file)?.name)
    return `For the paper’s rule ${file} is ${nameOf(own?.name)}; it is of the ${layerOf(file)?.name} layer.`;
  return explainUnseenImport(scene, module, imported, at);
}

function explainUnseenImport(scene: Scene, module: Module, imported: Import, at: string): string {
  const own = layerOf(module.path)?.rank ?? 0;
  const use = usesOf(scene.project, module, imported).find(({ to }) => (layerOf(to)?.rank ?? 0) > own);
  const taken = layerOfImport(imported.specifier);
  if (taken !== undefined && taken.rank > own) {
    const isSeen = importsOf(module.source.text).some(({ name }) => name === imported.specifier);
    return isSeen
      ? `The paper’s rule judges the import at ${at} otherwise.`
      : `The paper’s rule does not look for ${formOf(module, imported)}, as at ${at}.`;
  }
  const [passing] = use?.via ?? [];
  if (passing !== undefined)
    return `The paper’s rule does not follow ${imported.specifier} at ${at}: ${passing} passes on what ${use?.to} defines.`;
  if (use !== undefined && layerOfFile(use.to)?.name !== layerOf(use.to)?.name)
    return `The paper’s rule knows no layer in the path ${use.to}, which the import at ${at} leads to.`;
  return `The paper’s rule reads ${imported.specifier} at ${at} and does not resolve it; it leads to ${use?.to ?? 'a layer above'}.`;
}

/** How an import is written that the paper's patterns do not find. */
function formOf(module: Module, { form, at, names, whole, specifier }: Import): string {
  if (form === 'dynamic') return 'imports by a call, such as import() or import_module()';
  if (form === 'reexport') return 'modules that are passed on by export … from';
  if (form === 'require') return 'require of anything but a text in plain quotes';
  if (names.length === 0 && whole === undefined) return 'imports without names';
  const { text } = module.source;
  const end = text.indexOf(specifier, at);
  return text.slice(at, end).includes('\n') ? 'imports over several lines' : 'imports of this form';
}

/** The import whose specifier stands at an offset. */
function importAt(module: Module, offset: number): Import | undefined {
  const { text } = module.source;
  return module.imports.find(
    ({ at, specifier }) => at <= offset && text.startsWith(specifier, offset) && isNear(text, at, offset),
  );
}

/** Whether both places are in the same import: no blank line is between them. */
function isNear(text: string, from: number, to: number): boolean {
  return !/\n\s*\n/.test(text.slice(from, Math.min(to, from + 2_000))) && to - from < 2_000;
}

/** Layers of the parser whose directories the paper does not know. */
function explainUnknownDirectories(scene: Scene): string {
  const unknown = layers.flatMap((layer) => {
    const files = scene.submission.running.modules.filter((module) => layerOf(module.path) === layer);
    const isKnown = files.some(({ path }) =>
      path
        .toLowerCase()
        .split('/')
        .slice(0, -1)
        .some((part) => layerOfFile(`${part}/x`)?.name === layer.name),
    );
    const [first] = files;
    return first === undefined || isKnown ? [] : [`${first.path} for the ${layer.name} layer`];
  });
  return `The paper’s rule does not know these directories, which the parser’s rule takes: ${unknown.join(', ')}.`;
}

/** Directories of layers that the paper counts though nothing in them counts for the parser. */
function explainIdleLayers(scene: Scene): string {
  const { running } = scene.submission;
  const counted = layers.flatMap((layer) => {
    const isThere = running.modules.some(
      (module) => layerOf(module.path) === layer && module.body.length > 0,
    );
    if (isThere) return [];
    const source = scene.project.sources.find(({ path }) =>
      path
        .toLowerCase()
        .split('/')
        .slice(0, -1)
        .some((part) => layerOfFile(`${part}/x`)?.name === layer.name),
    );
    if (source === undefined) return [];
    return [`${source.path} for the ${layer.name} layer (${whyNot(scene, source.path)})`];
  });
  return `The paper’s rule counts directories, whatever is in them: ${counted.join(', ')}.`;
}

function whyNot(scene: Scene, path: string): string {
  const standing = scene.standing(path);
  if (standing !== undefined) return standing;
  const module = scene.module(path);
  if (module !== undefined && module.body.length === 0) return 'an empty file';
  return `the directory nearest to it makes it ${nameOf(layerOf(path)?.name)}`;
}

function nameOf(layer: string | undefined): string {
  return layer === undefined ? 'outside any layer' : `of the ${layer} layer`;
}
