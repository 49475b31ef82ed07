import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What must never be in the repository: registry hosts, large files, binaries other than small pictures. */
const root = fileURLToPath(new URL('..', import.meta.url));
const largest = 400_000;
/** Written apart, so that this file does not name what it looks for. */
const hosts = new RegExp(
  [
    ['registry', 'npmjs', 'org'],
    ['pypi', 'org'],
    ['files', 'pythonhosted', 'org'],
    ['deb', 'debian', 'org'],
  ]
    .map((parts) => parts.join('\\.'))
    .join('|'),
);

const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter(Boolean);
const problems = [];
for (const file of files) {
  const { size } = statSync(`${root}/${file}`);
  const bytes = readFileSync(`${root}/${file}`);
  const binary = bytes.subarray(0, 8_000).includes(0);
  const lock = /lock/.test(file);
  if (size > largest && !lock) problems.push(`${file}: ${size} bytes; larger than ${largest}`);
  if (binary && !/\.(png|jpg|ico|zip)$/.test(file)) problems.push(`${file}: a binary`);
  if (!binary && hosts.test(bytes.toString('utf8')))
    problems.push(`${file}: names a package registry's host`);
}
for (const problem of problems) console.error(problem);
console.log(`${files.length} files, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
