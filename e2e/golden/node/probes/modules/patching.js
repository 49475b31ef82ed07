const fs = require('node:fs');
const path = require('node:path');
const Module = require('node:module');
fs.writeFileSync('x.js', 'module.exports = `x ${typeof __wrapped}`');
fs.writeFileSync('t.ty', 'export const a: number = 1');
const load = Module._load;
Module._load = function (request, parent, isMain) {
  if (request === 'mocked') return { mocked: true };
  return load.apply(this, arguments);
};
console.log(require('mocked'));
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request === '@alias/x' ? path.resolve('x.js') : request, ...rest);
};
console.log(require('@alias/x'), require.resolve('@alias/x').endsWith('/x.js'));
Module._extensions['.ty'] = (module, filename) => {
  module._compile(
    fs.readFileSync(filename, 'utf8').replace(/export const (\w+): \w+/, 'exports.$1'),
    filename,
  );
};
console.log(require('./t'), require('./t.ty'));
const js = Module._extensions['.js'];
Module._extensions['.js'] = function (module, filename) {
  const compile = module._compile;
  module._compile = function (code, name) {
    return compile.call(this, code.replace('original', 'changed'), name);
  };
  js(module, filename);
};
fs.writeFileSync(
  'y.js',
  'module.exports = "original"; exports.line = new Error("e").stack.split("\\n")[1].replace(__dirname, "")',
);
console.log(require('./y'));
Module._extensions['.js'] = js;
console.log(Module.wrap('code'), Module.wrapper.length);
const m = new Module('virtual', module);
m.paths = Module._nodeModulePaths(process.cwd());
m.filename = path.resolve('virtual.js');
m._compile(
  'exports.v = __filename.split("/").pop(); exports.r = typeof require("fs").readFileSync',
  m.filename,
);
console.log(m.exports, m.id, m.loaded);
const req = Module.createRequire(path.resolve('sub/none.js'));
fs.mkdirSync('sub', { recursive: true });
fs.writeFileSync('sub/z.js', 'module.exports = require.main === undefined');
console.log(req('./z'), req.resolve('./z').endsWith('sub/z.js'), req.main === process.mainModule);
console.log(Module.createRequire(require('node:url').pathToFileURL(__filename))('./x'));
for (const bad of ['rel.js', 5]) {
  try {
    Module.createRequire(bad);
  } catch (e) {
    console.log(e.code, e.message);
  }
}
console.log(
  Module.isBuiltin('fs'),
  Module.isBuiltin('node:test'),
  Module.isBuiltin('test'),
  Module.isBuiltin('wss'),
  Module.builtinModules.length,
  Module.builtinModules.filter((n) => !n.startsWith('_')).join(),
);
console.log(Object.keys(Module).join());
console.log(
  Module.globalPaths.length > 0,
  typeof Module.findSourceMap,
  typeof Module.SourceMap,
  typeof Module.syncBuiltinESMExports,
  typeof Module.register,
  typeof Module.runMain,
);
const fsOriginal = fs.existsSync;
fs.existsSync = () => 'patched';
Module.syncBuiltinESMExports();
import('node:fs').then(({ existsSync, default: d }) => {
  console.log(existsSync('x'), d.existsSync === existsSync);
  fs.existsSync = fsOriginal;
});
const wrap = Module.wrap;
Module.wrap = (code) => wrap(`const __wrapped = 1;${code}`);
delete require.cache[path.resolve('x.js')];
console.log(require('./x'));
const M2 = module.constructor;
console.log(
  M2 === Module,
  M2.Module === Module,
  Module._cache === require.cache,
  Module._pathCache !== undefined,
  module.children.length,
);
Module.prototype.require = function (id) {
  return `intercepted ${id}`;
};
console.log(require('fs'));
