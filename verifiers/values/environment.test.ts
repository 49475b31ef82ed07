import { describe, expect, it } from 'vitest';
import { readSources } from '../sources.ts';
import { readProject } from '../syntax/project.ts';
import { readEnvironment } from './environment.ts';
import { readStart } from './start.ts';

/** A variable's text; null when nothing sets it, `?` when it is not known. */
function read(name: string, files: Record<string, string>): unknown {
  const project = readProject(readSources(files));
  const [value] = readEnvironment(project, [...project.modules.values()]).read(name);
  if (value?.kind === 'text') return value.text;
  return value?.kind === 'constant' ? value.value : '?';
}

const sh = (text: string, others: Record<string, string> = {}) => read('A', { 'run.sh': text, ...others });

describe('the environment', () => {
  it('is what run.sh exports, or sets for a command', () => {
    expect(sh('export A=b\nnode x.js')).toBe('b');
    expect(sh('A=b\nexport A\nnode x.js')).toBe('b');
    expect(sh('export B="c"\nexport A="x-${B}-${C:-d}"')).toBe('x-c-d');
    expect(sh('env -i A=b node x.js')).toBe('b');
    expect(sh('exec env A=b node x.js')).toBe('b');
    expect(sh('A="b c" \\\n  node x.js')).toBe('b c');
    expect(sh('set -o allexport\nA=b\nset +o allexport')).toBe('b');
    expect(sh('set -ea\nA=b')).toBe('b');
  });

  it('does not hold what is only a variable of the shell, a comment or a text', () => {
    expect(sh('A=b\nnode x.js')).toBe(null);
    expect(sh('# export A=b\nnode x.js')).toBe(null);
    expect(sh('cat > .env.example <<EOF\nexport A=b\nEOF\n')).toBe(null);
    expect(sh('echo "export A=b"')).toBe(null);
    expect(sh('')).toBe(null);
  });

  it('is not guessed where only running would tell', () => {
    expect(sh('export A=$(openssl rand -hex 8)')).toBe('?');
    expect(sh('export A="x$(cat y)"; node x.js')).toBe('?');
    expect(sh('export A=`cat y`')).toBe('?');
    expect(read('PORT', {})).toBe('?');
  });

  it('follows scripts, and the scripts of package.json', () => {
    expect(sh('. ./env.sh', { 'env.sh': 'export A=b' })).toBe('b');
    expect(sh('bash scripts/go.sh', { 'scripts/go.sh': 'A=b node x.js' })).toBe('b');
    const scripts = {
      'package.json': '{"scripts": {"start": "npm run go", "go": "cross-env A=b node x.js"}}',
    };
    expect(sh('npm install\nnpm start', scripts)).toBe('b');
    expect(sh('npm install', scripts)).toBe(null);
    expect(sh('npm start', { 'package.json': '{"scripts": {"start": "npm start"}}' })).toBe(null);
    expect(sh('npm start', { 'package.json': '{"scripts": null' })).toBe(null);
    expect(sh('npm run __proto__', scripts)).toBe(null);
  });

  it('takes .env where something loads it, and what run.sh sets before it', () => {
    const env = { '.env': '# c\nexport A="b # c"\nB = d # e\nC=\'${A}\'\nD=${A}/x\n' };
    expect(sh('node x.js', env)).toBe(null);
    expect(sh('node --env-file=.env x.js', env)).toBe('b # c');
    expect(sh('export $(grep -v "^#" .env | xargs)', env)).toBe('b # c');
    expect(sh('A=z node x.js', { ...env, 'x.js': "require('dotenv').config()" })).toBe('z');
    expect(sh('node x.mjs', { ...env, 'x.mjs': "import 'dotenv/config'" })).toBe('b # c');
    expect(sh('flask run', env)).toBe('b # c');
    expect(read('B', { 'x.js': "require('dotenv').config()", ...env })).toBe('d');
    expect(read('C', { 'x.js': "require('dotenv').config()", ...env })).toBe('${A}');
    expect(read('D', { 'x.js': "require('dotenv').config()", ...env })).toBe('b # c/x');
  });
});

describe('readStart', () => {
  it('lists the commands of all scripts at their places in run.sh', () => {
    const files = {
      'run.sh': 'cd app\nnpm start\n',
      'package.json': '{"scripts": {"start": "tsc && node x.js"}}',
    };
    const { commands } = readStart(readProject(readSources(files)));
    expect(commands).toEqual([
      { words: ['cd', 'app'], at: 0 },
      { words: ['npm', 'start'], at: 7 },
      { words: ['tsc'], at: 7 },
      { words: ['node', 'x.js'], at: 7 },
    ]);
  });

  it('ends for scripts that run themselves', () => {
    const files = { 'run.sh': 'sh a.sh\n'.repeat(50), 'a.sh': 'sh a.sh\n'.repeat(50) };
    expect(readStart(readProject(readSources(files))).commands.length).toBeLessThanOrEqual(5000);
  });
});
