import type { TransformContext } from 'just-bash';

type Statement = TransformContext['ast']['statements'][number];
type Command = Statement['pipelines'][number]['commands'][number];
type Redirection = Extract<Command, { type: 'SimpleCommand' }>['redirections'][number];
type Word = Extract<Redirection['target'], { type: 'Word' }>;

/**
 * Turns a here document into a here string of the same text. The library prints a document right behind its operator,
 * so that what follows on that line (`| python`, `&& next`, `; then`, `}`, `)`) would belong to its last line.
 */
export function toHereString(redirection: Redirection): void {
  const { target } = redirection;
  if (target.type !== 'HereDoc') return;
  const parts = target.content.parts.map((part, index) =>
    part.type === 'Literal' && target.stripTabs
      ? { ...part, value: part.value.replace(index === 0 ? /^\t+|(?<=\n)\t+/g : /(?<=\n)\t+/g, '') }
      : part,
  );
  const last = parts.at(-1);
  if (last === undefined) {
    redirection.operator = '<';
    redirection.target = word([{ type: 'Literal', value: '/dev/null' }]);
    return;
  }
  // A here string ends with a line break of its own.
  if (last.type !== 'Literal' || !last.value.endsWith('\n')) return;
  parts.pop();
  if (last.value !== '\n') parts.push({ ...last, value: last.value.slice(0, -1) });
  redirection.operator = '<<<';
  redirection.target = word([{ type: 'DoubleQuoted', parts }]);
}

function word(parts: Word['parts']): Word {
  return { type: 'Word', parts };
}
