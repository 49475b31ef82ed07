const bad = [
  '',
  ' ',
  '{',
  '[',
  '[1',
  '[1,',
  '[1,]',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,',
  '{"a":1,}',
  '{a:1}',
  "{'a':1}",
  '{"a":1 "b":2}',
  '[1 2]',
  'undefined',
  'NaN',
  'Infinity',
  '-',
  '-a',
  '01',
  '1.',
  '1.e',
  '1e',
  '1e+',
  '.5',
  '+1',
  'tru',
  'true false',
  'nul',
  'nulll',
  'x',
  '"',
  '"abc',
  '"a\nb"',
  '"\\x"',
  '"\\u12"',
  '"\\u12G4"',
  '"\t"',
  '{}{}',
  '{} x',
  '[]]',
  '}',
  ']',
  ',',
  ':',
  '{"a":undefined}',
  '{"a":tru}',
  '<html></html>',
  '<!DOCTYPE html>',
  'not json',
  '{"user":{"email":"a@b.c","password":"x"',
  '{"user":{"email":"a@b.c","password":"x"}',
  '{"a": "b}',
  '{"article": {"title": "x", }}',
  '{"a":1}x',
  '\u0000',
  '{"a":"\u0001"}',
  '{\u00a0}',
  '\ufeff{}',
  '[,1]',
  '{,}',
  '{"a"::1}',
  '{"a":1,,"b":2}',
  '[1,,2]',
  '{"a":[1,2}',
  '{"a":{"b":1]}',
  "'abc'",
  '"a" "b"',
  'é',
  '"é',
  '{"é": é}',
  '😀',
  '{"a": 😀}',
  '{"long": "' + 'x'.repeat(60) + '", bad}',
  '{"long": "' + 'x'.repeat(60) + '"',
  'x'.repeat(50),
  '{"a":' + ' '.repeat(50) + 'x' + ' '.repeat(50) + '}',
  '[' + '1,'.repeat(30) + 'z' + ',1'.repeat(30) + ']',
  '{\n  "a": 1,\n  b: 2\n}',
  '{"a": /x/}',
  '{"a": 0x10}',
  '{"a": 1_000}',
  '{"a": `x`}',
  '/* c */ {}',
  '// c\n{}',
  '{"a": --1}',
  '[1e1000]',
  '{"__proto__": {}, bad',
  '--X\r\nContent-Disposition: form-data; name="a"\r\n\r\nb',
  'a=1&b=2',
  'username=jake&password=jakejake',
  'Hello World, this is a plain text body that is long enough',
];
for (const text of bad) {
  try {
    console.log(JSON.stringify(text).slice(0, 30), 'parsed', JSON.stringify(JSON.parse(text)));
  } catch (e) {
    console.log(JSON.stringify(text).slice(0, 30), e.name, e.message, e.constructor === SyntaxError);
  }
}
for (const value of [
  undefined,
  null,
  NaN,
  {},
  [],
  () => {},
  Symbol('s'),
  1n,
  [1, 2],
  {
    toString() {
      return '{';
    },
  },
  new Date(NaN),
  true,
]) {
  try {
    console.log(JSON.parse(value));
  } catch (e) {
    console.log(e.name, e.message);
  }
}
console.log(
  JSON.parse('[1,{"a":[true,null]}]', (k, v) => (k === 'a' ? 'revived' : v)),
  JSON.parse.length,
  JSON.parse.name,
  JSON.parse('{"__proto__": 1}'),
  Object.keys(Object.getOwnPropertyDescriptors(JSON)),
);
const cyclic = { name: 'x', list: [{}] };
cyclic.self = cyclic;
class Node {
  constructor() {
    this.child = { back: this };
  }
}
for (const v of [cyclic, new Node(), { a: [cyclic] }, { n: 10n }, Object.assign([], { 0: null })]) {
  try {
    console.log(JSON.stringify(v));
  } catch (e) {
    console.log(e.name, e.message);
  }
}
try {
  JSON.parse('{"a": oops}');
} catch (e) {
  console.log(e.stack.split('\n').slice(0, 3).join('\n').replaceAll(__dirname, ''));
}
Promise.resolve('{')
  .then(JSON.parse)
  .catch((e) => console.log(e.stack.split('\n').slice(0, 2).join('\n')));
