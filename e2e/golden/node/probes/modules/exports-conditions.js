const fs = require('node:fs');
const path = require('node:path');
function pkg(name, manifest, files) {
  const dir = path.join('node_modules', name);
  for (const [file, text] of Object.entries({
    'package.json': JSON.stringify({ name, ...manifest }),
    ...files,
  })) {
    fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    fs.writeFileSync(path.join(dir, file), text);
  }
}
const say = (text) => `module.exports = ${JSON.stringify(text)}`;
const sayEsm = (text) => `export default ${JSON.stringify(text)}`;
pkg(
  'cond',
  {
    exports: {
      '.': { import: './i.mjs', require: './r.cjs', default: './d.js' },
      './nested': { node: { import: './i.mjs', require: { development: './dev.js', default: './r.cjs' } } },
      './features/*': './f/*.js',
      './features/private/*': null,
      './ext/*.js': './f/*.js',
      './arr': ['not-a-path', './r.cjs'],
      './null': null,
      './outside': '../x.js',
      './missing': './gone.js',
      './none': { browser: './b.js' },
      './package.json': './package.json',
    },
  },
  {
    'i.mjs': sayEsm('import'),
    'r.cjs': say('require'),
    'd.js': say('default'),
    'dev.js': say('dev'),
    'f/a.js': say('feature a'),
    'f/private/b.js': say('private'),
  },
);
pkg(
  'sugar',
  { exports: './main.js' },
  { 'main.js': 'module.exports = [require("sugar/x".slice(0, 5)) === module.exports]' },
);
pkg(
  'self',
  {
    exports: { '.': './m.js', './inner': './inner.js' },
    imports: { '#dep': { node: 'sugar', default: './m.js' }, '#int/*': './int/*.js', '#gone': './gone.js' },
  },
  {
    'm.js':
      'module.exports = { inner: require("self/inner"), dep: require.resolve("#dep").split("/").slice(-2).join("/"), int: require("#int/z") }',
    'inner.js': say('inner'),
    'int/z.js': say('z'),
    'try.js': '',
  },
);
pkg('mainonly', { main: './lib/' }, { 'lib/index.js': say('lib index') });
pkg('brokenmain', { main: './gone.js' }, { 'index.js': say('fallback index') });
pkg('nomain', { main: './gone.js' }, {});
pkg('@s/c', { exports: { './*': './*.js' } }, { 'q.js': say('scoped') });
pkg('mixed', { exports: { '.': './a.js', import: './b.js' } }, {});
const clean = (e) => `${e.code ?? e.name}: ${e.message.replaceAll(process.cwd(), '')}`;
async function main() {
  for (const id of [
    'cond',
    'cond/nested',
    'cond/features/a',
    'cond/features/private/b',
    'cond/ext/a.js',
    'cond/arr',
    'cond/null',
    'cond/outside',
    'cond/missing',
    'cond/none',
    'cond/x',
    'cond/package.json',
    'cond/features/../x',
    'sugar',
    'sugar/main.js',
    'self',
    'mainonly',
    'brokenmain',
    'nomain',
    '@s/c/q',
    '@s/c',
    '@s',
    'mixed',
    'gone/x',
    'cond/',
    './node_modules/cond',
  ]) {
    let cjs;
    try {
      cjs = JSON.stringify(require(id));
    } catch (e) {
      cjs = clean(e).split('\n')[0];
    }
    let esm;
    try {
      esm = JSON.stringify((await import(id)).default);
    } catch (e) {
      esm = clean(e).split('\n')[0];
    }
    console.log(`${id}\n  require: ${cjs}\n  import:  ${esm}`);
  }
  for (const id of ['#dep', '#x', '#']) {
    try {
      console.log(require(id));
    } catch (e) {
      console.log(clean(e).split('\n')[0]);
    }
  }
  fs.writeFileSync(
    'node_modules/self/try.mjs',
    'for (const id of ["#gone", "#none", "self/m", "#int/"]) await import(id).catch((e) => console.log(e.code, e.message.replaceAll(process.cwd(), "")))',
  );
  await import('./node_modules/self/try.mjs');
}
main();
