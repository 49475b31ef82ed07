// run: node --experimental-vm-modules --no-warnings modules.mjs
import vm from 'node:vm';
const context = vm.createContext({ console });
const a = new vm.SourceTextModule('export let n = 1; export const inc = () => ++n; export default import.meta.mark;', { identifier: 'a', initializeImportMeta(meta, module) { meta.mark = module.identifier; } });
const b = new vm.SourceTextModule("import d, { n, inc } from 'a'; import { s } from 'syn'; export { n }; export const out = [d, n, inc(), n, s];", { identifier: 'b' });
const syn = new vm.SyntheticModule(['s'], function () { this.setExport('s', 'synthetic'); }, { identifier: 'syn' });
console.log(a.status, b.dependencySpecifiers);
await b.link((specifier, from, extra) => { console.log('link', specifier, from.identifier, Object.keys(extra)); return { a, syn }[specifier]; });
console.log(a.status, b.status);
console.log(await b.evaluate(), b.status, b.namespace.out, b.namespace.n, Object.keys(a.namespace));
a.namespace.inc();
console.log(b.namespace.n);
syn.setExport('s', 'later');
console.log(syn.namespace.s);
const bad = new vm.SourceTextModule('throw new TypeError("in vm module")');
await bad.link(() => {});
await bad.evaluate().catch((e) => console.log(e.name, e.message, bad.status, bad.error === e));
const tla = new vm.SourceTextModule('export const v = await Promise.resolve(7);');
await tla.link(() => {});
await tla.evaluate();
console.log(tla.namespace.v);
for (const run of [() => new vm.SourceTextModule('export {'), () => new vm.SourceTextModule(5), () => a.link(() => {}), () => new vm.SyntheticModule(['a', 'a'], () => {}), () => tla.error, () => new vm.Module()]) { try { await run(); console.log('no error'); } catch (e) { console.log(e.name, e.code, e.message.split('\n')[0]); } }
const dyn = new vm.Script('import("virtual")', { importModuleDynamically: async (specifier) => { const m = new vm.SyntheticModule(['default'], function () { this.setExport('default', specifier + '!'); }); await m.link(() => {}); await m.evaluate(); return m; } });
console.log((await dyn.runInThisContext()).default);
console.log(vm.isContext(context));
