import fs from 'node:fs';
import path, { join, sep as separator } from 'node:path';
import * as everything from 'node:path';
import def, * as both from 'node:os';
import { default as os2 } from 'node:os';
/* import x from 'comment' */ // export default comment
const results = [];
const check = (name, value) => console.log(name, value);
check('this', this);
check(
  'strict',
  (() => {
    try {
      undeclared = 1;
      return 'sloppy';
    } catch (e) {
      return e.message;
    }
  })(),
);
check(
  'fn this',
  (function () {
    return this;
  })(),
);
check('arguments', typeof arguments);
check(
  'cjs names',
  [typeof require, typeof module, typeof exports, typeof __filename, typeof __dirname].join(),
);
check(
  'call this',
  (() => {
    const o = {
      join() {
        return this === o;
      },
    };
    return [join('a', 'b'), (0, join)('a'), o.join(), everything.join('x'), path.join('y')];
  })(),
);
{
  const join = 1;
  check('shadow block', join);
}
check('shadow param', ((join) => join)(2));
check('shadow default', ((a = join('p'), join2 = a) => join2)());
check(
  'shadow catch',
  (() => {
    try {
      throw 3;
    } catch (join) {
      return join;
    }
  })(),
);
check(
  'shadow destructuring catch',
  (() => {
    try {
      throw { join: 4 };
    } catch ({ join }) {
      return join;
    }
  })(),
);
check(
  'shadow for',
  (() => {
    const out = [];
    for (const join of [5]) out.push(join);
    for (let join = 6; join < 7; join++) out.push(join);
    for (var i in { join: 1 }) out.push(i);
    return out;
  })(),
);
check(
  'shadow class',
  (() => {
    class join {
      static v = typeof join;
    }
    return join.v;
  })(),
);
check(
  'shadow fn name',
  (function join(n) {
    return n ? typeof join : join(1);
  })(0),
);
check(
  'shadow var hoist',
  (() => {
    const t = typeof join;
    if (false) {
      var join = 1;
    }
    return t;
  })(),
);
check(
  'shadow switch',
  (() => {
    switch (1) {
      case 1:
        let join = 'sw';
        return join;
    }
  })(),
);
check(
  'shadow fn in block',
  (() => {
    {
      function join() {
        return 'inner';
      }
      return join();
    }
  })(),
);
check('shorthand', { join, separator }.join === path.join);
check('shorthand nested', (({ join = 5 } = {}) => join)());
check('object keys', {
  join: 1,
  get sep() {
    return join('g');
  },
  [separator]: 2,
  path() {
    return 3;
  },
});
check('member', [everything.sep, everything['join']('k'), everything?.join?.('opt')]);
check(
  'tagged',
  (() => {
    const tag = (s) => s.raw[0];
    return tag`x`;
  })(),
);
check('template', `${join('t', 'u')}${separator}`);
check(
  'new',
  new (class {
    constructor() {
      this.t = new.target.name;
    }
  })(),
);
check('typeof', [typeof join, typeof both, typeof def === typeof os2]);
check(
  'assign import',
  (() => {
    try {
      join = 1;
    } catch (e) {
      return `${e.name}: ${e.message}`;
    }
  })(),
);
check(
  'assign ns',
  (() => {
    try {
      everything = 1;
    } catch (e) {
      return `${e.name}: ${e.message}`;
    }
  })(),
);
check(
  'update import',
  (() => {
    try {
      separator++;
    } catch (e) {
      return `${e.name}: ${e.message}`;
    }
  })(),
);
check(
  'destructure into import',
  (() => {
    try {
      [join] = [1];
    } catch (e) {
      return `${e.name}: ${e.message}`;
    }
  })(),
);
check(
  'for into import',
  (() => {
    try {
      for (join of [1]);
    } catch (e) {
      return `${e.name}: ${e.message}`;
    }
  })(),
);
label: for (const x of [1]) {
  for (;;) {
    continue label;
  }
}
class A {
  #join = 1;
  join = join('field');
  static sep = separator;
  static {
    this.block = join('static');
  }
  get #p() {
    return this.#join;
  }
  read() {
    return this.#p;
  }
  static [join('computed')] = 1;
}
check('class', [new A().join, A.sep, A.block, new A().read(), A.computed]);
class B extends everything.default.constructor {}
check('extends import', new B() instanceof Object);
check(
  'default param scope',
  (function (a = () => join('d'), b = a()) {
    var join = 1;
    return b;
  })(),
);
check('eval', [eval('join("e", "v")'), (0, eval)('typeof join'), new Function('return typeof join')()]);
check('regexp', /import\.meta/.test('import.meta'));
check('meta', [
  Object.keys(import.meta).join(),
  import.meta.filename.split('/').pop(),
  import.meta.dirname === process.cwd(),
  import.meta.url.endsWith('/syntax.mjs'),
  typeof import.meta.resolve,
  Object.getPrototypeOf(import.meta),
]);
check(
  'meta in function',
  (() =>
    (function () {
      return () => import.meta.url.slice(0, 7);
    })()())(),
);
import.meta.extra = 1;
check('meta extensible', import.meta.extra);
check('resolve', [
  import.meta.resolve('node:fs'),
  import.meta.resolve('./x.js').replace(/.*\//, ''),
  import.meta.resolve('fs'),
  import.meta.resolve('https://a/b'),
]);
try {
  import.meta.resolve('nope');
} catch (e) {
  check('resolve', e.code);
}
var hoistedVar;
check('hoist', [typeof later, hoistedVar, fn()]);
function fn() {
  return 'fn';
}
var later = 1;
check(
  'async',
  await (async () => {
    for await (const x of (async function* () {
      yield join('ag');
    })())
      return x;
  })(),
);
check('optional', [undefined?.x?.[join('n')], everything?.['sep']]);
check('delete', delete { join }.join);
check('in', 'join' in everything);
check('spread', { ...{ join } }.join === join);
check('html-like comment', 1 < 2 - -1);
check(
  'yield await names',
  (() => {
    const o = { await: 1, yield: 2, let: 3, static: 4, async: 5, of: 6, get: 7 };
    return Object.values(o);
  })(),
);
var async = 3,
  of = 4,
  get = 5;
check('contextual', async + of + get);
check('bigint', 10n ** 20n);
check('seq', (1, join)('s'));
check(
  'comma call',
  [1].map((join) => join + 1),
);
check('nested template', `${`${join('n')}`}`);
check('arrow object', (() => ({ join }))().join === join);
check(
  'getter',
  Object.getOwnPropertyDescriptor(
    {
      get join() {
        return 1;
      },
    },
    'join',
  ).get.name,
);
check('fn names', [
  (() => {}).name,
  class {}.name,
  fn.name,
  { join() {} }.join.name,
  (({ a = () => {} }) => a.name)({}),
]);
check('string', 'import("x") export default import.meta');
export { join as 'exported string', fn };
export default 'default';
export * as osns from 'node:os';
check('fs', typeof fs.readFileSync);
