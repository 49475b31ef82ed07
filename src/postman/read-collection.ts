import type { CollectionSource } from '../domain/collection.ts';
import { limits } from '../domain/limits.ts';
import { isFields, listItems, own, type Fields } from './items.ts';
import { CollectionError } from './types.ts';

/** What a collection's file says about itself, before anything of it is run. */
export interface CollectionSummary {
  /** Its own name. */
  name: string;
  /** Requests in it, those of all folders. */
  requests: number;
  /** Why it cannot be run, in sentences that say what to do. Empty when it can. */
  problems: string[];
}

const convert =
  'open it in Postman and export it as "Collection v2.1", or convert it with the tool postman-collection-transformer';

/** Reads a collection's file without running anything of it. Never throws. */
export function readCollection(text: string): CollectionSummary {
  const unread = (problem: string): CollectionSummary => ({ name: '', requests: 0, problems: [problem] });
  const parsed = parseFile(text, 'collection');
  if (typeof parsed === 'string') return unread(parsed);
  const info = own(parsed, 'info');
  const schema = isFields(info) ? own(info, 'schema') : undefined;
  const name = isFields(info) ? own(info, 'name') : own(parsed, 'name');
  const summary = { name: typeof name === 'string' ? name.slice(0, limits.collectionTextLength) : '' };
  const refuse = (problem: string): CollectionSummary => ({ ...summary, requests: 0, problems: [problem] });
  if (Array.isArray(own(parsed, 'requests')) && info === undefined) {
    return refuse(`This is a collection of Postman's version 1; ${convert}.`);
  }
  if (typeof schema === 'string' && !/v2\.1\.\d+\b/.test(schema)) {
    const version = /v\d+\.\d+\.\d+/.exec(schema)?.[0] ?? schema.slice(0, 100);
    return refuse(`This is a collection of version ${version}, and v2.1 is needed; ${convert}.`);
  }
  const items = own(parsed, 'item');
  if (!isFields(info) || !Array.isArray(items)) {
    return refuse(
      'This is no Postman collection: a collection has "info" and "item". Export one from Postman as "Collection v2.1".',
    );
  }
  const listed = listItems(parsed);
  if (listed === undefined) {
    return refuse(`The collection's folders are more than ${limits.collectionDepth} deep.`);
  }
  const requests = listed.filter(({ item }) => Object.hasOwn(item, 'request')).length;
  if (listed.length > limits.collectionRequests) {
    return refuse(`The collection has more than ${limits.collectionRequests} requests. Split it.`);
  }
  return { ...summary, requests, problems: requests === 0 ? ['The collection has no requests.'] : [] };
}

/** Why an environment's file cannot be used, or nothing. Never throws. */
export function readEnvironment(text: string): string | undefined {
  const parsed = parseFile(text, 'environment');
  if (typeof parsed === 'string') return parsed;
  if (Array.isArray(own(parsed, 'values'))) return undefined;
  return 'This is no Postman environment: an environment has "values", a list of variables. Export one from Postman.';
}

/**
 * Reads what a user brought.
 * @throws CollectionError with everything that is wrong with it.
 */
export function checkSource({ collection, environment }: CollectionSource): CollectionSummary {
  const summary = readCollection(collection);
  const problem = environment === undefined ? undefined : readEnvironment(environment);
  const problems = [...summary.problems, ...(problem === undefined ? [] : [problem])];
  if (problems.length > 0) throw new CollectionError(problems.join(' '));
  return summary;
}

/** The object that the file holds, or why it holds none; Postman's interface wraps it in one with its name. */
export function parseFile(text: string, kind: 'collection' | 'environment'): Fields | string {
  if (new Blob([text]).size > limits.collectionBytes) {
    return `The ${kind} is larger than ${limits.collectionBytes / 2 ** 20} MB. Split it, or leave saved responses out.`;
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return `The ${kind} is no JSON (${error instanceof Error ? error.message : String(error)}).`;
  }
  if (!isFields(value)) return `The ${kind} is JSON, but no object.`;
  const inner = own(value, kind);
  return isFields(inner) ? inner : value;
}
