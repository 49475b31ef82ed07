const path = require('node:path');
const show = (name, ...args) => {
  try {
    console.log(name, JSON.stringify(args), '->', JSON.stringify(path[name](...args)));
  } catch (error) {
    console.log(name, 'throws', error.code, error.message);
  }
};
for (const parts of [['a', '..', 'b'], ['/', '../x'], [''], ['a/', '/b', './c'], ['..', '..', 'x'], ['a', '']]) show('join', ...parts);
for (const text of ['/a/./b//c/..', '', '.', '../..', 'a/b/', '//x', './a/../../b']) show('normalize', text);
for (const parts of [['/a', 'b'], ['/a', '/b', '../c'], ['x', 'y', '/z'], ['/a/b', '..', '..', '..']]) show('resolve', ...parts);
for (const pair of [['/a/b/c', '/a/d'], ['/a', '/a'], ['/a/b', '/'], ['/', '/x/y']]) show('relative', ...pair);
for (const text of ['/a/b.txt', 'b.tar.gz', '.rc', '/a/b/', 'noext', 'x.', '/', '']) {
  show('basename', text);
  show('dirname', text);
  show('extname', text);
  show('parse', text);
  show('isAbsolute', text);
}
show('basename', 'index.html', '.html');
show('basename', 'index.html', 'index.html');
show('format', { dir: '/d', base: 'b.x' });
show('format', { root: '/', name: 'n', ext: 'e' });
show('join', 5);
show('resolve', null);
show('format', 'x');
console.log(path.sep, path.delimiter, path.posix === path, path.win32.join('a', '..\\b', 'c'), path.win32.parse('C:\\x\\y.z'));
console.log(path.win32.normalize('C:/a/../b'), path.win32.isAbsolute('\\\\srv\\x'), path.win32.relative('C:\\a', 'C:\\b\\c'), path.toNamespacedPath('/x'));
console.log(require('path/posix') === path.posix, path.matchesGlob?.name ?? 'no matchesGlob');
