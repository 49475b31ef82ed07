import * as v from 'valibot';
import { runRecord } from '../../../domain/run.ts';
import { makeLink, openLink, shareOf } from '../index.ts';
import { builtIn } from '../link.ts';
import { libraryOf } from './world.ts';

/** A run record as JSON, and what to call it. */
export interface Named {
  name: string;
  json: string;
}

/**
 * Lengths of the links to these runs, in characters, as a table in Markdown; every link is opened again and compared.
 * @param alone - without taking text from references
 */
export async function lengths(records: readonly Named[], { alone = false } = {}): Promise<string> {
  const here = alone ? { ...builtIn, references: libraryOf({}) } : builtIn;
  const rows: string[] = [];
  const all: number[] = [];
  for (const { name, json } of records) {
    const record = v.parse(runRecord, JSON.parse(json));
    const made = await makeLink(shareOf([record]), here);
    if (!made.ok) {
      rows.push(`| ${name} | ${made.fault.code} | | |`);
      continue;
    }
    const opened = await openLink(made.fragment, here);
    const files = opened.readable ? opened.share.runs[0]?.files : undefined;
    const same = JSON.stringify(files) === JSON.stringify(shareOf([record]).runs[0]?.files);
    if (!same) throw new Error(`the link to ${name} does not bring its files back`);
    const bytes = Object.values(record.files).reduce<number>(
      (sum, file) => sum + (typeof file === 'string' ? file.length : file.base64.length),
      0,
    );
    const { verdict } = record;
    const word = verdict.kind === 'scored' ? `${verdict.score.passed}/${verdict.score.total}` : 'unscored';
    rows.push(`| ${name} | ${word} | ${bytes} | ${made.fragment.length} |`);
    all.push(made.fragment.length);
  }
  all.sort((a, b) => a - b);
  return [
    '| submission | passed | characters of its files | characters of the link |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    `${all.length} links: shortest ${all[0] ?? 0}, median ${all[Math.floor(all.length / 2)] ?? 0}, longest ${all.at(-1) ?? 0}.`,
  ].join('\n');
}
