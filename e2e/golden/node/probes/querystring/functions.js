const qs = require('node:querystring');
for (const text of ['a=1&b=2&a=3', 'a', '=x', 'a=%20+%zz', '&&a&', 'a=b=c', '%C3%BC=%E4%BD%A0', 'a[b]=1', '__proto__=x']) console.log(JSON.stringify(text), qs.parse(text));
console.log(qs.parse('a:1;b:2', ';', ':'), qs.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }), Object.keys(qs.parse('x=1')).length);
console.log(qs.stringify({ a: [1, 'x y'], b: true, c: null, d: undefined, e: {}, f: 10n, g: NaN, 'ü': '&' }), qs.stringify({ a: 1, b: 2 }, ';', ':'), qs.stringify('x') === '');
console.log(qs.escape('ü /?😀'), qs.unescape('%41%zz'), qs.stringify({ a: 'ü' }, null, null, { encodeURIComponent: (text) => `<${text}>` }));
try {
  qs.escape('\ud800');
} catch (error) {
  console.log(error.name, error.code, error.message);
}
