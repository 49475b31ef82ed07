import type { Difference } from '../compare.ts';

const gzipBody = /\{"base64":"H4sI[^"]*"\}(?=\n\ndecoded:)/g;
const tickFrame =
  /(?:\n|\\n) {4}at process\.processTicksAndRejections \(node:internal\/process\/task_queues:\d+:\d+\)/g;

/** Every accepted difference between the Node engine and real Node 20.20.2. The test fails for one that no longer occurs. */
export const differences: readonly Difference[] = [
  {
    id: 'no-tick-frame',
    where: '*',
    class: 'engine',
    native: [tickFrame, ''],
    embedded: [tickFrame, ''],
    reason:
      'What follows an await is called by the browser here, and by a function of Node there: the last line of such a stack trace names that function.',
  },
  {
    id: 'gzip-bytes',
    where: 'apps/express-security',
    class: 'engine',
    native: [gzipBody, '{gzip}'],
    embedded: [gzipBody, '{gzip}'],
    reason:
      'Node is built with a fork of zlib whose encoder makes other bytes of the same text; what they decode to is the same.',
  },
  {
    id: 'column-of-alias',
    where: 'apps/fastify-better-sqlite3',
    class: 'open',
    part: 'request 14',
    reason: 'The column and type behind an alias in a query are not told.',
  },
  {
    id: 'name-of-onread',
    where: 'apps/ws-server',
    class: 'open',
    part: 'stderr',
    reason: 'A stack line names the property through which a callback is called.',
  },
  {
    id: 'apply-of-undefined',
    where: 'probes/async-hooks/resources.js',
    class: 'open',
    part: 'stdout',
    reason: 'One message of an error is missing.',
  },
  {
    id: 'not-base64',
    where: 'probes/buffer/basics.js',
    class: 'open',
    part: 'stdout',
    reason: 'Two-byte text that is not base64 is decoded to nothing by Node, and leniently here.',
  },
  {
    id: 'caret-of-import',
    where: 'probes/esm/self-import.mjs',
    class: 'open',
    part: 'stderr',
    reason: 'The marks under a failing line are longer than in Node.',
  },
  {
    id: 'newer-intl',
    where: 'probes/language/absent.js',
    class: 'open',
    part: 'stdout',
    reason: 'Parts of Intl are newer than those of Node 20.',
  },
  {
    id: 'newer-intl-error',
    where: 'probes/language/absent.js',
    class: 'open',
    part: 'stderr',
    reason: 'The same program fails in Node in a getter that is not there here.',
  },
  {
    id: 'newer-intl-exit',
    where: 'probes/language/absent.js',
    class: 'open',
    part: 'exit code',
    reason: 'The same.',
  },
  {
    id: 'newer-words',
    where: 'probes/language/error-texts.js',
    class: 'open',
    part: 'stdout',
    reason: 'Newer words of V8, and regular expressions that Node 20 refuses.',
  },
  {
    id: 'package-without-main',
    where: 'probes/modules/exports-conditions.js',
    class: 'open',
    part: 'stdout',
    reason: 'The message for a package whose main file is gone names another file.',
  },
  {
    id: 'bad-options',
    where: 'probes/modules/options.js',
    class: 'open',
    part: 'stdout',
    reason: 'The words for options that node does not have, and one that is accepted.',
  },
  {
    id: 'utf8-decoder-edges',
    where: 'probes/string-decoder/encodings.js',
    class: 'open',
    part: 'stdout',
    reason: 'A surrogate that comes byte by byte, and overlong UTF-8, are given out later or earlier.',
  },
  {
    id: 'tsx-traces',
    where: 'probes/typescript/tsx-runner.js',
    class: 'open',
    part: 'stdout',
    reason: 'Lines of source before some errors are missing.',
  },
  {
    id: 'hosts-of-url',
    where: 'probes/url/whatwg-and-legacy.js',
    class: 'open',
    part: 'stdout',
    reason: 'A space in a host is accepted, and url.format() does not show Unicode.',
  },
  {
    id: 'deflate-bytes',
    where: 'probes/zlib/deflate.js',
    class: 'open',
    part: 'stdout',
    reason: 'As gzip-bytes, below all levels.',
  },
];
