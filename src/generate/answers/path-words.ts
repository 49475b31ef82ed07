/** Finding the path of a file in what a model writes around it. */

const extensions = new Set(
  (
    'js mjs cjs jsx ts mts cts tsx py pyi json jsonc json5 md mdx rst txt sh bash yml yaml toml ini cfg conf env sql ' +
    'html htm css scss svg xml csv lock prisma ejs pug hbs mustache j2 jinja jinja2 mako example sample properties ' +
    'graphql gql proto http rest dockerfile service db pem key bat ps1 go rb php java rs c h cpp gitkeep'
  ).split(' '),
);
const bareNames =
  /^(Dockerfile|Makefile|Procfile|Pipfile|LICENSE|\.env(\.[\w.-]+)?|\.git(ignore|attributes|keep)|\.dockerignore|\.npmrc|\.nvmrc|\.editorconfig|\.eslintrc|\.prettierrc|\.babelrc|\.python-version|\.flaskenv|\.sequelizerc)$/;
/** Names of projects that read like file names. */
const projects =
  /^(Node|Express|Koa|Vue|Next|Nest|React|Fastify|Hono|Sequelize|Knex|Passport|Alpine|D3)\.js$/;

/** Longer lines are content, not captions. */
export const captionLength = 300;

/** A word that reads as the path of a file, as it is written; undefined when it does not. */
export function asPath(word: string | undefined): string | undefined {
  if (word === undefined || word.length === 0 || word.length > captionLength) return undefined;
  const name = word.replace(/^[`"'*_[(<]+|[`"'*_\])>,;:]+$/g, '');
  if (name === '' || /[\s`"'*|<>?{}=$,;]|:\/\/|^[A-Za-z]+:(?![\\/])|\.\.\.|^@/.test(name)) return undefined;
  const last = name.split(/[\\/]/).at(-1) ?? '';
  if (bareNames.test(last)) return name;
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
}

/** Reads a fence's info string: `js server.js`, `js:server.js`, `js title="server.js"`, `server.js`. */
export function readInfo(info: string): Info {
  const text = info.trim();
  const first = /^[^\s:{,]+/.exec(text)?.[0] ?? '';
  const language = asPath(first) === undefined ? first.toLowerCase().replace(/^\./, '') : '';
  const titled =
    /(?:title|file|file-?name|file_?path|path|name)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s"'}\]]+))/i.exec(
      text,
    );
  const named = asPath(titled?.[1] ?? titled?.[2] ?? titled?.[3]);
  if (named !== undefined) return { language, path: named };
  const afterColon = asPath(/^[\w+#.-]*:(\S+)/.exec(text)?.[1]?.replace(/^\d+:(\d+:)?/, ''));
  const path =
    afterColon ??
    text
      .split(/\s+/)
      .map(asPath)
      .find((one) => one !== undefined);
  return { language, path };
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
  /^(?:(?:the\s+)?(?:new|updated|modified|complete|full)\s+)?(?:file\s*(?:name|path)?|path|create|created|update|updated|modify|modified|edit|add|new|write|writing)\s*\d*\s*(?:[:=–-]|(?=[`*"]))\s*/i;

export const isHeading = (line: string): boolean =>
  /^\s{0,3}#{1,6}\s/.test(line) || /^\s*(\d+[.)]\s+)?\*\*[^*]+\*\*\s*:?\s*$/.test(line);

/** The path in a line above a block: a heading, bold or code text, `File: server.js`, `1. server.js`. */
export function readCaption(line: string): Caption | undefined {
  if (line.length > captionLength) return undefined;
  const heading = isHeading(line);
  let text = line.trim().replace(/^<!--\s*|\s*-->$/g, '');
  text = text.replace(/^(?:[#>\-+•=/\s]|\*(?!\*))+/, '').replace(/^[*_\s]+/, '');
  text = text.replace(/^(?:step\s+)?\d+(?:\.\d+)*[.):]?\s+/i, '').replace(/^[^\w\s`"'*_.[(/\\@]+\s*/u, '');
  text = text
    .replace(/^[*_\s]+/, '')
    .replace(labels, '')
    .replace(/^[*_\s]+/, '');
  const [, word = '', rest = ''] = /^(`[^`]+`|\[[^\]]+\]|\S+)(.*)$/s.exec(text) ?? [];
  const path = asPath(word);
  if (path !== undefined) {
    const after = rest.replace(/^[*_`:\s]+|[*_=#\s]+$/g, '');
    const closed = /[:*_`]$/.test(word) || /^[*_`]*\s*:/.test(rest);
    if (after === '' || /^[([–—-]/.test(after) || (closed && heading))
      return { path, how: 'name', heading, rest: after };
    // The words behind a colon explain the file; without one this is a sentence.
    if (closed && word.startsWith('`')) return { path, how: 'name', heading, rest: after };
  }
  const mentioned = new Set<string>();
  for (const [, code] of line.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*/g)) {
    const found = asPath(code);
    if (found !== undefined) mentioned.add(found);
  }
  const [only] = mentioned;
  return mentioned.size === 1 && only !== undefined
    ? { path: only, how: 'mention', heading, rest: '' }
    : undefined;
}

/** The path in a comment that is all there is on its line; `marked` when the comment says that it names a file. */
export function readComment(line: string): { path: string; marked: boolean } | undefined {
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

/** Whether a block in this language can be the file of this path; an unknown language can be any. */
export function compatible(language: string, path: string): boolean {
  const family = familyOfLanguage.get(language);
  if (family === undefined) return true;
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const wanted = familyOfEnding.get(ending);
  if (wanted === undefined) return family !== 'shell' || ending === '' || path.includes('.env');
  return wanted === family;
}
