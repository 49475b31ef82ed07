import type { RunRecord } from '../../domain/run.ts';
import { shareText } from '../english/share.ts';
import { formatBytes } from '../text/format.ts';

/** What a link to these runs holds, a line each. */
export function linkContents(records: readonly RunRecord[]): string[] {
  const words = shareText.inLink;
  const files = records.flatMap((record) => Object.values(record.files));
  const size = files.reduce(
    (sum, file) => sum + (typeof file === 'string' ? file.length : file.base64.length * 0.75),
    0,
  );
  const models = records.flatMap(({ generation }) => generation?.model.id ?? []);
  const collections = records.flatMap(({ collection }) => collection?.source.fileName ?? []);
  return [
    words.files(files.length, formatBytes(Math.round(size))),
    words.verdict,
    words.versions,
    ...[...new Set(models)].map(words.model),
    ...[...new Set(collections)].map(words.collection),
  ];
}
