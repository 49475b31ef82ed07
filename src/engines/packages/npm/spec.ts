import { validRange } from 'semver';
import { NpmError } from './errors.ts';

/** Where a dependency is to come from. */
export type Spec =
  | { readonly kind: 'range' | 'tag'; readonly name: string; readonly wanted: string }
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'elsewhere'; readonly what: string };

/**
 * Reads the right side of a dependency, as npm-package-arg does.
 * @param name - the name under which it is installed; an `npm:` alias names another package.
 * @throws NpmError EINVALIDPACKAGENAME, EINVALIDTAGNAME.
 */
export function parseSpec(name: string, text: string): Spec {
  const spec = text.trim();
  if (spec.startsWith('npm:')) {
    const target = splitName(spec.slice(4));
    return parseRegistry(target.name, target.spec);
  }
  if (/^(file:|link:|\.{1,2}(\/|$)|~\/|\/)/.test(spec)) {
    return { kind: 'directory', path: spec.replace(/^(file|link):/, '') };
  }
  if (spec.startsWith('workspace:')) {
    throw new NpmError('EUNSUPPORTEDPROTOCOL', [`Unsupported URL Type "workspace:": ${spec}`]);
  }
  if (/^(git[+:]|git@|github:|gitlab:|bitbucket:|gist:)|^[\w.-]+\/[\w.-]+(#.*)?$/.test(spec)) {
    return { kind: 'elsewhere', what: `a Git repository (${spec})` };
  }
  if (/^https?:\/\//.test(spec)) return { kind: 'elsewhere', what: `a web address (${spec})` };
  return parseRegistry(name, spec);
}

function parseRegistry(name: string, spec: string): Spec {
  if (!isPackageName(name)) {
    throw new NpmError('EINVALIDPACKAGENAME', [
      `Invalid package name "${name}" of package "${name}@${spec}": name can only contain URL-friendly characters.`,
    ]);
  }
  if (validRange(spec, { loose: true }) !== null)
    return { kind: 'range', name, wanted: spec === '' ? '*' : spec };
  if (encodeURIComponent(spec) !== spec) {
    throw new NpmError('EINVALIDTAGNAME', [
      `Invalid tag name "${spec}" of package "${name}@${spec}": Tags may not have any characters that encodeURIComponent encodes.`,
    ]);
  }
  return { kind: 'tag', name, wanted: spec };
}

/** `@scope/name@range` into its two parts; a missing range is empty. */
export function splitName(text: string): { name: string; spec: string } {
  const at = text.indexOf('@', 1);
  return at < 0 ? { name: text, spec: '' } : { name: text.slice(0, at), spec: text.slice(at + 1) };
}

/** Names that npm can install, so that none leaves `node_modules`. Old packages may have capitals. */
export function isPackageName(name: string): boolean {
  return (
    name.length <= 214 &&
    /^(?:@[\w~-][\w.~!*'()-]*\/)?[a-z0-9~_-][\w.~!*'()-]*$/i.test(name) &&
    name !== 'node_modules' &&
    name !== '__proto__'
  );
}
