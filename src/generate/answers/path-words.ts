/** Finding the path of a file in what a model writes around it. */

const extensions = new Set(
  (
    'js mjs cjs jsx ts mts cts tsx py pyi json jsonc json5 md mdx rst txt sh bash yml yaml toml ini cfg conf env sql ' +
    'html htm css scss svg xml csv lock prisma ejs pug hbs mustache j2 jinja jinja2 mako example sample properties ' +
    'graphql gql proto http rest dockerfile service db pem key bat ps1 go rb php java rs c h cpp gitkeep vue svelte njk tmpl ' +
    'tpl jsonl ndjson tsv'
  ).split(' '),
);
const bareNames =
  /^(Dockerfile|Makefile|Procfile|Pipfile|Caddyfile|Justfile|LICENSE|README|CHANGELOG|\.env(\.[\w.-]+)?|\.git(ignore|attributes|keep)|\.dockerignore|\.npmrc|\.nvmrc|\.editorconfig|\.eslintrc|\.prettierrc|\.babelrc|\.python-version|\.flaskenv|\.sequelizerc|\.flake8|\.pylintrc|\.coveragerc|\.mocharc|\.node-version|\.keep)$/;
/** Names of projects that read like file names. */
const projects =
  /^(Node|Express|Koa|Vue|Next|Nest|React|Fastify|Hono|Sequelize|Knex|Passport|Alpine|D3)\.js$/;

/** Longer lines are content, not captions. */
export const captionLength = 300;

/** What may stand around a name. Underscores at its beginning belong to it unless they are at its end too. */
const edges = /^[`"'*[(<]+|[`"'*\])>,;:]+$/g;
/** Marks of emphasis before a caption; not the underscores of `__init__.py` and `_config.yml`. */
const openingMarks = /^(?:[*\s]|_+(?!_|\w*__\.|[\w-]+\.\w))+/;

/** A word that reads as the path of a file, as it is written; undefined when it does not. */
export function asPath(word: string | undefined): string | undefined {
  if (word === undefined || word.length === 0 || word.length > captionLength) return undefined;
  const bare = word.replace(edges, '');
  const name = (/^(_{1,3})(\S*[^_\s])\1$/.exec(bare)?.[2] ?? bare).replace(edges, '').replace(/_+$/, '');
  if (name === '' || /[\s`"'*|<>?{}=$,;]|:\/\/|^[A-Za-z]+:(?![\\/])|\.\.\.|^@/.test(name)) return undefined;
  const last = name.split(/[\\/]/).at(-1) ?? '';
  if (bareNames.test(last) || /(^|\/)bin\/[\w-]+$/.test(name))
    return /^\/(usr|bin|sbin|opt)\//.test(name) ? undefined : name;
  const extension = /\.([A-Za-z][A-Za-z0-9]*)$/.exec(last)?.[1]?.toLowerCase();
  if (extension === undefined || !extensions.has(extension) || projects.test(name)) return undefined;
  // `res.json` and `express.json()` are calls; a file of one word is written without capitals in its ending.
  if (/^(res|req|app|ctx|reply|response|request|express|c|this)\.(json|env|html|key|sql)$/.test(name))
    return undefined;
  return name.endsWith(')') ? undefined : name;
}

export interface Info {
  /** First word of the info string in small letters; empty when there is none. */
  readonly language: string;
  readonly path: string | undefined;
  /** It says which lines of the file these are. */
  readonly excerpt: boolean;
}

const titles = /^(title|file|file-?name|file_?path|path|name)$/i;

/** A path that quotes hold together: it may have spaces in it. */
function asQuotedPath(value: string | undefined): string | undefined {
  const path = asPath(value);
  if (path !== undefined || value === undefined || !/\S \S/.test(value)) return path;
  return asPath(value.replaceAll(' ', '_')) === undefined ? undefined : value.trim();
}

/** Lines of a file behind its path: `app.js:1-20`, `app.js#L1-L20`. */
const linesBehind = /(?::\d+(?:-\d+)?|#L\d+(?:-L?\d+)?)$/;
const withoutLines = (path: string | undefined): string | undefined => asPath(path?.replace(linesBehind, ''));

/** What names a file is at the beginning of an info string; the patterns take long on a long one that is made for it. */
const longestInfo = 1_000;

/** Reads a fence's info string: `js server.js`, `js:server.js`, `js title="server.js"`, `server.js`. */
export function readInfo(info: string): Info {
  const text = info.slice(0, longestInfo).trim();
  const first = /^[^\s:{,;]+/.exec(text)?.[0] ?? '';
  const language = asPath(first) === undefined ? first.toLowerCase().replace(/^\./, '') : '';
  const quoted: string[] = [];
  for (const [, key = '', double, single, bare] of text.matchAll(
    /([\w-]+)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s"'}\]]+))/g,
  )) {
    const value = double ?? single ?? bare;
    if (bare === undefined && value !== undefined) quoted.push(value);
    const known = titles.test(key) || /[=:]\s*["']/.test(text) || text.includes(`${key}=`);
    const path = known ? asQuotedPath(value) : undefined;
    if (path !== undefined) return { language, path, excerpt: false };
  }
  const afterColon = withoutLines(/^[\w+#.-]*:(\S+)/.exec(text)?.[1]?.replace(/^\d+:(\d+:)?/, ''));
  const path =
    afterColon ??
    text
      .split(/[\s;]+/)
      .map((word) => withoutLines(word.replace(/^@/, '')))
      .find((one) => one !== undefined && !quoted.some((value) => value.includes(one)));
  const excerpt = /^\d+:\d+:\S/.test(text) || text.split(/\s+/).some((word) => linesBehind.test(word));
  return { language, path, excerpt };
}

/** A path that a line of text gives to what follows. */
export interface Caption {
  readonly path: string;
  /**
   * `name`: the line is the path, under whatever decoration. `mention`: a sentence with the path as code, and no other.
   */
  readonly how: 'name' | 'mention';
  /** A heading, or a line in bold: it may stand for a block that comes after more text. */
  readonly heading: boolean;
  /** What follows the path on its line. */
  readonly rest: string;
}

const labels =
  /^(?:(?:the\s+)?(?:new|updated|modified|complete|full)\s+)?(?:file\s*(?:name|path)?|path|create|created|update|updated|modify|modified|edit|add|new|write|writing|fichier|archivo|fichero|arquivo|datei|bestand)\s*(?:\d+(?:\s*(?:of|\/)\s*\d+)?)?\s*(?:[*_]*\s*[:=–-]|(?=[`*"]))\s*/i;

export const isHeading = (line: string): boolean =>
  /^\s{0,3}(#{1,6}\s|<h[1-6]\b)/.test(line) || /^\s*(\d+[.)]\s+)?\*\*[^*]+\*\*\s*:?\s*$/.test(line);

/** Tags that stand around words, and marks by which a server's template parts what a model says. */
const inlineMarks =
  /<\/?(?:h[1-6]|b|strong|code|p|summary|details|em|i|span|li|u)(?:\s[^<>]*)?>|^.*<\|[a-z_]{1,20}\|>/gi;

/** A caption without marks that are not of Markdown, and with the marks that Markdown has behind a backslash. */
function plainCaption(line: string): string {
  const text = line
    .replace(inlineMarks, '')
    .replace(/[\uFE0F\u20E3\u200D]/g, '')
    .trim();
  const windows = /\\[A-Za-z0-9]/.test(text) || text.includes('`');
  const unescaped = windows ? text : text.replace(/\\([_*.[\]()#~-])/g, '$1');
  return unescaped
    .replace(/^<!--\s*|\s*-->$/g, '')
    .replace(/^@@\s+/, '')
    .replace(/^\[(?:file\s*(?:name|path)?)\s*:\s*([^\]]+)\]$/i, '$1')
    .replace(/^file\s+(?=\S+$)/i, '');
}

/** The path in a line above a block: a heading, bold or code text, `File: server.js`, `1. server.js`. */
export function readCaption(line: string): Caption | undefined {
  if (line.length > captionLength) return undefined;
  const heading = isHeading(line);
  const plain = plainCaption(line);
  let text = plain.replace(/^(?:[#>\-+•=\s]|\/{2,}|\*(?!\*))+/, '').replace(openingMarks, '');
  text = text.replace(/^(?:step\s+)?\d+(?:\.\d+)*[.):]?\s+/i, '').replace(/^[^\w\s`"'*_.[(/\\@~]+\s*/u, '');
  text = text.replace(openingMarks, '').replace(labels, '').replace(openingMarks, '');
  const [, word = '', rest = ''] = /^(`[^`]+`|\[[^\]]+\]|\S+)(.*)$/s.exec(text) ?? [];
  const path = asPath(word);
  if (path !== undefined) {
    const after = rest.replace(/^[*_`:>\s]+|[*_=#>\s]+$/g, '');
    const closed = /[:*_`]$/.test(word) || /^[*_`]*\s*:/.test(rest);
    if (after === '' || /^[([–—-]/.test(after) || (closed && heading))
      return { path, how: 'name', heading, rest: after };
    // The words behind a colon explain the file; without one this is a sentence.
    if (closed && word.startsWith('`')) return { path, how: 'name', heading, rest: after };
  }
  const inBrackets = asPath(/\((\S+)\)[\s:*_]*$/.exec(plain)?.[1]);
  if (inBrackets !== undefined && heading) return { path: inBrackets, how: 'name', heading, rest: '' };
  const mentioned = new Set<string>();
  for (const [, code, strong] of line.matchAll(/`([^`]+)`|\*\*([^*`]+)\*\*/g)) {
    const found = asPath(code ?? strong);
    if (found !== undefined) mentioned.add(found);
  }
  // A sentence that announces code may name the file without any mark.
  if (mentioned.size === 0 && /:[*_\s]*$/.test(plain)) {
    for (const word of plain.replace(/`[^`]*`/g, ' ').split(/\s+/)) {
      const found = asPath(word);
      if (found !== undefined) mentioned.add(found);
    }
  }
  const [only] = mentioned;
  return mentioned.size === 1 && only !== undefined
    ? { path: only, how: 'mention', heading, rest: '' }
    : undefined;
}

/** Whether a line is code that stands out by its indentation alone, right below the name of its file. */
export function isIndentedCode(line: string, above: Caption | undefined, aboveText: string): boolean {
  const item = /^\s*(?:[-*+]|\d+[.)])\s/;
  return (
    above?.how === 'name' &&
    above.rest === '' &&
    /^(?: {4}|\t)\s*\S/.test(line) &&
    !item.test(line) &&
    !item.test(aboveText)
  );
}

/** A path that a comment gives; `marked` when the comment says that it names a file. */
export interface CommentPath {
  readonly path: string;
  readonly marked: boolean;
}

/** The path in a comment that is all there is on its line. */
export function readComment(line: string): CommentPath | undefined {
  if (line.length > captionLength) return undefined;
  const [, inner] =
    /^\s*(?:#+|\/\/+|--+|;+|%+|\/\*+|<!--+|"""|'''|\{\/\*|\{#)\s*(\S.*?)\s*(?:\*+\/\}?|--+>|"""|'''|#\})?\s*$/.exec(
      line,
    ) ?? [];
  if (inner === undefined || inner.startsWith('!')) return undefined;
  const bare = inner.replace(/^[=\-*#\s]+|[=\-*#\s]+$/g, '');
  const label =
    /^(?:begin\s+)?(?:file\s*(?:name|path)?|path)\s*[:=]?\s+|^(?:file\s*(?:name|path)?|path)\s*[:=]\s*/i;
  const named = bare.replace(label, '');
  const [, word, rest = ''] = /^(\S+)(.*)$/.exec(named) ?? [];
  const path = asPath(word);
  if (path === undefined || !/^\s*($|[([]|[–—-]\s)/.test(rest)) return undefined;
  return { path, marked: named !== bare || bare !== inner };
}

const families: readonly (readonly [family: string, languages: string, endings: string])[] = [
  [
    'script',
    'js javascript mjs cjs node jsx ts typescript tsx json json5 jsonc',
    'js mjs cjs jsx ts mts cts tsx json jsonc json5',
  ],
  ['python', 'py python python3', 'py pyi'],
  ['shell', 'sh bash shell zsh console terminal shellsession shell-session', 'sh bash env'],
  ['markdown', 'md markdown mdx', 'md mdx'],
  ['sql', 'sql sqlite postgresql postgres', 'sql'],
  ['yaml', 'yaml yml', 'yml yaml'],
  ['html', 'html jinja jinja2 ejs', 'html htm ejs j2 jinja jinja2'],
];
const familyOfLanguage = index(([, languages]) => languages);
const familyOfEnding = index(([, , endings]) => endings);

function index(words: (row: (typeof families)[number]) => string): Map<string, string> {
  return new Map(
    families.flatMap((row) =>
      words(row)
        .split(' ')
        .map((word): [string, string] => [word, row[0]]),
    ),
  );
}

export const isShell = (language: string): boolean => familyOfLanguage.get(language) === 'shell';

/** Whether a block in this language is surely of the kind of this path. */
export function sameFamily(language: string, path: string): boolean {
  const family = familyOfLanguage.get(language);
  return family !== undefined && family === familyOfEnding.get(endingOf(path)) && compatible(language, path);
}

const endingOf = (path: string): string => /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

/** Whether a block in this language can be the file of this path; an unknown language can be any. */
export function compatible(language: string, path: string): boolean {
  const family = familyOfLanguage.get(language);
  if (family === undefined) return true;
  const ending = endingOf(path);
  if (/^json/.test(language) && familyOfEnding.get(ending) === 'script') return /^json/.test(ending);
  const wanted = familyOfEnding.get(ending);
  if (wanted === undefined) return family !== 'shell' || ending === '' || path.includes('.env');
  return wanted === family;
}
