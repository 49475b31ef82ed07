import type { Generation } from '../../domain/generation.ts';
import type { RunRecord } from '../../domain/run.ts';
import type { PageError } from './page-errors.ts';
import { redact, type Redaction } from './redact.ts';

/** What goes into a report, by choice. */
export interface ReportChoice {
  /** The run: task, versions, stages, verdict, rules. */
  readonly run: boolean;
  /** The output of the run, and the suite's requests with their responses. */
  readonly traffic: boolean;
  /** The text of the submission. Without it the report names its files and their sizes. */
  readonly files: boolean;
  /** Remove what is likely a secret, and not only what surely is. */
  readonly thorough: boolean;
}

export interface ReportParts {
  readonly record: RunRecord | undefined;
  readonly errors: readonly PageError[];
  /** What the self-check of the browser found. */
  readonly checks: readonly unknown[];
  readonly browser: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Secrets that the page knows. */
  readonly secrets: readonly string[];
  readonly now: Date;
}

/** A report on a fault as JSON for people: what is shown is what is saved. */
export function report(parts: ReportParts, choice: ReportChoice): string {
  const { record, errors, checks, browser, secrets, now } = parts;
  const redaction: Redaction = { known: secrets, likely: choice.thorough };
  const content = {
    format: 'decay-report',
    version: 1,
    createdAt: now.toISOString(),
    browser,
    checks,
    errors,
    ...(choice.run && record !== undefined && { run: runPart(record, choice) }),
  };
  return JSON.stringify(redact(content, redaction), null, 2).replace(invisible, escaped);
}

/** What would not be seen, or would turn the text around; line breaks between members stay. */
const invisible = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** As JSON may write it: what a person reads is what is saved. */
const escaped = (character: string): string =>
  [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');

function runPart(record: RunRecord, { traffic, files }: ReportChoice): Record<string, unknown> {
  const { files: contents, log, suite, collection, generation, ...rest } = record;
  return {
    ...rest,
    files: files ? contents : sizesOf(contents),
    ...(generation !== undefined && { generation: withoutWords(generation) }),
    ...(traffic && { log }),
    ...(suite !== undefined && { suite: traffic ? suite : { ...suite, exchanges: [] } }),
    ...(collection !== undefined && {
      collection: { role: collection.role, ...(traffic && { result: collection.result }) },
    }),
  };
}

/** Prompts are a person's own, and answers hold the files: of both only how many, and of what kind. */
function withoutWords({ prompts, trajectory, ...rest }: Generation): Record<string, unknown> {
  return {
    ...rest,
    prompts: prompts.length,
    ...(trajectory !== undefined && { trajectory: trajectory.map(({ kind }) => kind) }),
  };
}

const sizesOf = (files: RunRecord['files']): Record<string, number> =>
  Object.fromEntries(
    Object.entries(files).map(([path, file]) => [
      path,
      typeof file === 'string' ? file.length : file.base64.length,
    ]),
  );

/** What a report says of the browser; the address without the part that may hold a link. */
export function browserFacts(page: Window): Readonly<Record<string, string | number | boolean>> {
  const { navigator, location, screen } = page;
  return {
    page: `${location.origin}${location.pathname}`,
    userAgent: navigator.userAgent,
    language: navigator.language,
    online: navigator.onLine,
    cores: navigator.hardwareConcurrency,
    width: page.innerWidth,
    height: page.innerHeight,
    screen: `${screen.width}x${screen.height}`,
    crossOriginIsolated: page.crossOriginIsolated,
  };
}
