import { validRange } from '@renovatebot/pep440';
import { holds, MarkerError } from './markers.ts';

/** One requirement by PEP 508. */
export interface Requirement {
  /** As written, without the marker. */
  readonly text: string;
  readonly name: string;
  /** Normalized name. */
  readonly key: string;
  readonly extras: readonly string[];
  /** PEP 440 specifiers joined by commas; '' for any version. */
  readonly specifier: string;
  readonly url: string | undefined;
}

/** A text that is no requirement; the message says what was expected. */
export class RequirementError extends Error {
  override readonly name = 'RequirementError';
}

const HEAD = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)$/s;

export const normalizeName = (name: string): string => name.replaceAll(/[-_.]+/g, '-').toLowerCase();

/**
 * Parses `name[extra] >=1,<2 ; marker` or `name @ url`.
 * @param extras - extras of the package whose requirement this is, for markers that ask for one.
 * @returns undefined when the marker does not hold here.
 * @throws RequirementError
 */
export function parseRequirement(source: string, extras: readonly string[] = []): Requirement | undefined {
  const head = HEAD.exec(source.trim());
  if (head === null) throw new RequirementError('Expected package name at the start of dependency specifier');
  const [, name = '', extraText = '', rest = ''] = head;
  const isUrl = rest.startsWith('@');
  const cut = isUrl ? rest.search(/\s;/) : rest.indexOf(';');
  const body = (cut < 0 ? rest : rest.slice(0, cut)).trim();
  const marker = cut < 0 ? '' : rest.slice(cut).replace(/^\s*;/, '').trim();
  const specifier = isUrl ? '' : readSpecifier(body);
  if (marker !== '' && !markerHolds(marker, extras)) return undefined;
  const wanted = extraText.split(',').map((extra) => extra.trim());
  const shownExtras = extraText.trim() === '' ? '' : `[${wanted.join(',')}]`;
  return {
    text: `${name}${shownExtras}${isUrl ? ` ${body}` : specifier}`,
    name,
    key: normalizeName(name),
    extras: wanted.filter((extra) => extra !== '').map(normalizeName),
    specifier,
    url: isUrl ? body.slice(1).trim() : undefined,
  };
}

function readSpecifier(body: string): string {
  const inner = body.startsWith('(') && body.endsWith(')') ? body.slice(1, -1) : body;
  const parts = inner
    .split(',')
    .map((part) => part.trim().replaceAll(/\s+/g, ''))
    .filter((part) => part !== '');
  for (const part of parts) {
    if (/^=[^=]/.test(part)) {
      throw new RequirementError(
        'Expected end or semicolon (after name and no valid version specifier)\nHint: = is not a valid operator. Did you mean == ?',
      );
    }
    if (!/^(===|~=|==|!=|<=|>=|<|>)/.test(part)) {
      throw new RequirementError('Expected end or semicolon (after name and no valid version specifier)');
    }
    if (!part.startsWith('===') && !validRange(part)) {
      throw new RequirementError('Expected end or semicolon (after version specifier)');
    }
  }
  return parts.join(',');
}

function markerHolds(marker: string, extras: readonly string[]): boolean {
  try {
    return holds(marker, extras);
  } catch (error) {
    if (error instanceof MarkerError) throw new RequirementError(`Expected a marker, but ${error.message}`);
    throw error;
  }
}

/** The version of an exact pin (`==1.2.3` without a wildcard), or undefined. */
export function exactPin(specifier: string): string | undefined {
  return /^={2,3}([^*,]+)$/.exec(specifier)?.[1];
}
