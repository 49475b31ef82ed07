/**
 * Packages with tests that need nothing but `node` to run: `tests` picks the files, `run` stands before each on the command
 * line, `with` names the tool that they use. The npm archive of most carries the tests; `debian` names the Debian source
 * package of one whose archive does not.
 * @typedef {{ name: string, version: string, tests: RegExp, with: string, run?: string[], debian?: string }} Suite
 */

/** @type {Suite[]} */
export const suites = [
  { name: 'fastify', version: '5.12.8', tests: /^test\/.*\.test\.js$/, with: 'node:test' },
  { name: 'find-my-way', version: '9.10.1', tests: /^test\/.*\.test\.js$/, with: 'node:test' },
  { name: 'fast-json-stringify', version: '7.3.6', tests: /^test\/.*\.test\.js$/, with: 'node:test' },
  { name: 'avvio', version: '9.3.1', tests: /^test\/.*\.test\.(?:m?js)$/, with: 'node:test' },
  { name: 'pino', version: '10.4.0', tests: /^test\/[^/]*\.test\.m?js$/, with: 'node:test' },
  { name: 'thread-stream', version: '4.2.1', tests: /^test\/[^/]*\.test\.m?js$/, with: 'node:test' },
  { name: 'light-my-request', version: '6.8.1', tests: /^test\/.*\.test\.js$/, with: 'node:test' },
  { name: '@fastify/cors', version: '11.4.3', tests: /^test\/.*\.test\.js$/, with: 'node:test' },
  { name: '@fastify/cookie', version: '11.1.5', tests: /^test\/.*\.test\.js$/, with: 'node:test' },
  { name: 'resolve', version: '1.22.14', tests: /^test\/[^/]*\.js$/, with: 'tape' },
  { name: 'minimist', version: '1.2.8', tests: /^test\/[^/]*\.js$/, with: 'tape' },
  { name: 'qs', version: '6.17.1', tests: /^test\/[^/]*\.js$/, with: 'tape' },
  { name: 'json-stable-stringify', version: '1.3.0', tests: /^test\/[^/]*\.js$/, with: 'tape' },
  {
    name: 'express',
    version: '4.18.2',
    debian: 'node-express',
    tests: /^test\/[^/]*\.js$/,
    with: 'mocha',
    run: ['node_modules/mocha/bin/mocha.js', '--require', 'test/support/env', '--check-leaks'],
  },
  { name: 'busboy', version: '1.6.0', tests: /^test\/test-[^/]*\.js$/, with: 'node:assert' },
];
