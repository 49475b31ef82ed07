/** Files of which a parser makes modules. */
const code = /\.(?:py|[cm]?[jt]sx?)$/;
const foreign = new Set([
  'node_modules',
  '.venv',
  'venv',
  'virtualenv',
  'site-packages',
  '__pycache__',
  '.git',
  '.github',
  '.tox',
  'bower_components',
]);
const testFolders = new Set(['test', 'tests', '__tests__', '__mocks__', 'e2e', 'spec']);

export function isCode(path: string): boolean {
  return code.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

/** Whether a file belongs to somebody else's package or to a tool. */
export function isForeign(path: string): boolean {
  return path.split('/').some((part) => foreign.has(part));
}

/** Whether a file is a test or only helps tests. */
export function isTest(path: string): boolean {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  return (
    parts.some((part) => testFolders.has(part)) ||
    /\.(?:test|spec)\.[cm]?[jt]sx?$/.test(name) ||
    /^(?:test_.*|.*_test|conftest|tests)\.py$/.test(name) ||
    /^(?:jest|vitest|playwright)\.config\./.test(name)
  );
}
