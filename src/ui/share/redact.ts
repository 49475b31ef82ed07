import type { CollectionSource } from '../../domain/collection.ts';
import type { RunRecord } from '../../domain/run.ts';

/** What stands where a secret was. */
export const removed = '[removed]';

/** Keys as the services that give them out write them, tokens that are signed, and private keys. */
const certain: readonly RegExp[] = [
  /\b(?:sk|pk|rk|gsk|xai|hf|csk|tgp|nvapi|pplx|fw)[-_][A-Za-z0-9_-]{16,}/g,
  /\b(?:ghp|gho|ghs|github_pat|glpat|xox[abprs])[-_][A-Za-z0-9_-]{16,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/**
 * What is likely a secret: named so, sent as one, or part of an address. The first group stays. Lengths are bounded: a
 * hostile text must not keep the page busy.
 */
const likely: readonly RegExp[] = [
  /(\b(?:Bearer|Token|Basic)\s{1,4})[A-Za-z0-9._~+/=-]{6,}/gi,
  /()\beyJ[\w-]{5,4000}\.[\w-]{2,4000}(?:\.[\w-]{0,4000})?/g,
  /((?:api[_-]?key|secret|passw(?:or)?d|token|private[_-]?key|credential)[\w-]{0,40}\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?)[^\s"'\\,;{}()[\]]{3,2000}(?!\w*[.(])/gi,
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"']{0,100}:)[^\s@/"']{1,200}(?=@)/gi,
];

/** Headers whose value is a secret. */
const secretHeader =
  /^(?:(?:proxy-)?authorization|cookie|set-cookie|(?:x-)?api-key|x-[\w-]*(?:token|key|secret))$/i;

export interface Redaction {
  /** Secrets that the page knows, such as keys of models; they are removed in any case. */
  readonly known: readonly string[];
  /** Remove also what is only likely a secret: tokens, passwords, values named so. */
  readonly likely: boolean;
}

/** A text without its secrets. Keys of services are always removed. */
export function redactText(text: string, { known, likely: thorough }: Redaction): string {
  let clean = text;
  for (const secret of known) if (secret.length >= 4) clean = clean.replaceAll(secret, removed);
  for (const pattern of certain) clean = clean.replace(pattern, removed);
  if (thorough) for (const pattern of likely) clean = clean.replace(pattern, `$1${removed}`);
  return clean;
}

/** A value as it would be in JSON, every text in it without its secrets, names included. */
export function redact(value: unknown, redaction: Redaction): unknown {
  if (typeof value === 'string') return redactText(value, redaction);
  if (Array.isArray(value)) {
    const [name, content] = value as unknown[];
    // A header line of an exchange.
    const isSecret =
      redaction.likely && value.length === 2 && typeof name === 'string' && secretHeader.test(name);
    if (isSecret && typeof content === 'string') return [name, removed];
    return value.map((item) => redact(item, redaction));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redactText(key, redaction), redact(item, redaction)]),
  );
}

/** Files that are made to hold secrets. */
const secretFile =
  /(?:^|\/)(?:\.env(?:\.(?!example|sample|template)[\w.-]+)?|\.npmrc|\.pypirc|\.netrc|id_[rd]sa|credentials(?:\.json)?|[\w.-]+\.(?:pem|p12|pfx|keystore))$/i;

/** How Postman marks a value of an environment that it hides. */
const markedSecret = /"type"\s{0,9}:\s{0,9}"secret"/;

const holdsSecret = (text: string): boolean => certain.some((pattern) => text.search(pattern) !== -1);

/**
 * Paths of files that look as if they held a real secret, named for it or with a key of a known service in them; and names
 * of collections whose text, environment or variables do.
 */
export function suspiciousFiles(records: readonly RunRecord[]): string[] {
  const found = records.flatMap(({ files, collection }) => [
    ...Object.entries(files).flatMap(([path, content]) =>
      (typeof content === 'string' && holdsSecret(content)) || secretFile.test(path) ? [path] : [],
    ),
    ...(collection !== undefined && isSuspicious(collection.source) ? [collection.source.fileName] : []),
  ]);
  return [...new Set(found)];
}

function isSuspicious({ collection, environment = '', variables = {} }: CollectionSource): boolean {
  return (
    [collection, environment, ...Object.values(variables)].some(holdsSecret) ||
    markedSecret.test(environment) ||
    markedSecret.test(collection)
  );
}
