const things =
  '(?:code|file|routes?|handlers?|endpoints?|functions?|methods?|imports?|content|implementation|models?|logic|class|module|middleware|views?|app|server)';
const strong: readonly RegExp[] = [
  new RegExp(`^(?:the )?(?:rest|remainder) of (?:the |your |this |my )?(?:\\w+ ){0,2}${things}\\b`),
  new RegExp(
    `^(?:the )?(?:other|existing|previous|remaining|original) (?:\\w+ ){0,2}${things}\\b.{0,20}\\b(?:here|unchanged|same|as before|above)\\b`,
  ),
  new RegExp(
    `^(?:keep |all )?(?:the )?(?:other|existing|previous|remaining) (?:\\w+ )?${things}(?: goes? here)?$`,
  ),
  new RegExp(`^(?:the )?(?:\\w+ )?${things} (?:remains?|stays?|is|are) (?:unchanged|the same|as before)$`),
  /^\(?(?:unchanged|no changes?(?: needed)?|same as (?:before|above)|as before|remains unchanged|remains the same)\)?\.?$/,
  new RegExp(
    `^keep (?:all )?(?:the |your )?(?:rest|existing|other|previous|remaining)\\b(?:.{0,40}\\b${things}\\b)?`,
  ),
  /\b(?:omitted|truncated|abbreviated|shortened) for brevity\b/,
];
const elided =
  /^(?:\.{3}|…)\s*(?:\(?(?:the |all |your )?(?:rest|remaining|remainder|existing|previous|other|same|unchanged|omitted|keep|more|similar|as before|and so on|etc|code|implementation|continued|snip)\b.*)?(?:\.{3}|…)?$/;

/** Longer lines are content, not remarks: the patterns below take long on a long line that is made for it. */
const longestRemark = 200;

/** The comment in a line, without its marks; undefined when the line is code. */
function commentOf(line: string): string | undefined {
  const [, inner] =
    /^\s*(?:#+|\/\/+|--+|;+|\/\*+|\*|<!--+|\{\/\*+|\{#|""")\s*(.+?)\s*(?:\*+\/\}?|--+>|#\}|""")?\s*$/.exec(
      line,
    ) ?? [];
  return inner;
}

/** Words in brackets or behind dots and a space: no code reads like that, a spread has no space. */
function placeholderOf(line: string): string | undefined {
  return (
    /^\s*(?:[[<(]\s*)?((?:\.{3}|…)\s+[A-Za-z].*?)(?:[\])>]\s*)?$/.exec(line)?.[1] ??
    /^\s*[[<(](?![.…])(.+)[\])>]\s*$/.exec(line)?.[1]
  );
}

/**
 * The remark by which a line stands in for text that is not there, such as `// ... rest of the routes`; undefined when
 * the line is what it is.
 */
export function elisionOf(line: string): string | undefined {
  if (line.length > longestRemark) return undefined;
  const bare = line.trim();
  const comment = (commentOf(line) ?? placeholderOf(line))?.toLowerCase();
  if (comment === undefined) return undefined;
  const plain = comment
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^(?:\.{3}|…)\s*|\s*(?:\.{3}|…)$/g, '')
    .replace(/[.:]$/, '');
  if (elided.test(comment) || strong.some((pattern) => pattern.test(plain))) return bare;
  return undefined;
}

/** Whether a whole text says no more than that the file stays as it is. */
export function saysUnchanged(text: string): boolean {
  const lines = text.split('\n', 6).filter((line) => line.trim() !== '');
  if (lines.length === 0 || lines.length > 3) return false;
  return lines.every((line) => {
    if (line.length > longestRemark) return false;
    const bare = (commentOf(line) ?? line)
      .trim()
      .toLowerCase()
      .replace(/^(?:\.{3}|…)\s*|\s*(?:\.{3}|…)$|[.:]$/g, '');
    return /^\(?(?:this )?(?:file )?(?:\S+ )?(?:is |remains? |stays? )?(?:unchanged|no changes?(?: needed| required)?|same as (?:before|above)|the same|as before)\b.{0,30}$/.test(
      bare,
    );
  });
}

/** What prose says about a file that has no block: that it stays as it is, or that it is empty. */
export function remarkOn(line: string): 'unchanged' | 'empty' | undefined {
  if (line.length > longestRemark) return undefined;
  if (/\b(unchanged|no changes?|(stays?|remains?) (the same|as (it is|before))|same as before)\b/i.test(line))
    return 'unchanged';
  if (
    /\((?:an? )?(?:empty|blank)(?: file)?\)|\b(?:is|leave|left|an?) (?:an )?(?:empty|blank)\b|[:–—-]\s*\*?(?:empty|blank)(?: file)?\*?\.?$/i.test(
      line,
    )
  )
    return 'empty';
  return undefined;
}

const refused =
  '(?:help|assist|comply|fulfil|fulfill|support|engage|participate|continue with|do (?:that|this)|(?:provide|create|write|generate|produce|build|give|share|answer) (?:you )?(?:that|this|it|such|any|the|a|an|code|with))';
const declines = [
  new RegExp(
    `\\b(?:i (?:can(?:['’]t|not)|won['’]t|will not|do not|don['’]t)|i(?:['’]m| am) (?:unable to|not able to|not going to)|unable to|won['’]t be able to|cannot)(?: \\w+){0,2} ${refused}\\b`,
    'i',
  ),
  /\b(?:i (?:must|have to|need to) (?:decline|refuse)|i (?:respectfully |politely )?(?:decline|refuse)\b|as an ai(?: language)? model|violates? (?:our|the|my) \w*\s?(?:usage |content |safety )?(?:polic|guideline))/i,
  /\b(?:kann (?:ich )?(?:\w+ ){0,3}nicht (?:helfen|erfüllen|unterstützen)|ne (?:peux|suis) pas (?:\w+ ){0,3}(?:aider|mesure)|no puedo (?:ayudar|asistir|cumplir|proporcionar))/i,
  /(?:无法|不能|無法)(?:为您|为你|向您|向你)?(?:提供|协助|帮助|完成|满足|回答|協助)|お手伝いできません|対応できません/,
];

/** The words with which a model declined; undefined when it did not. */
export function refusalIn(text: string): string | undefined {
  const start = text.trim().slice(0, 600);
  return declines.some((pattern) => pattern.test(start)) ? start : undefined;
}
