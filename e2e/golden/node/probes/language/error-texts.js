const cases = {
  undefinedProp: () => undefined.x,
  nullProp: () => null.foo.bar,
  undefinedIndex: () => {
    let o;
    return o[0];
  },
  nested: () => {
    const o = {};
    return o.a.b;
  },
  setUndefined: () => {
    let o;
    o.x = 1;
  },
  callUndefined: () => {
    const o = {};
    o.f();
  },
  callDeep: () => {
    const o = { a: {} };
    o.a.b.c();
  },
  callNull: () => {
    const f = null;
    f();
  },
  newNot: () => {
    const X = 1;
    new X();
  },
  newArrow: () => {
    const f = () => {};
    new f();
  },
  notDefined: () => missingName,
  notDefinedCall: () => missingCall(),
  typeofTdz: () => {
    typeof x;
    let x;
  },
  constAssign: () => {
    const c = 1;
    c = 2;
  },
  destructUndefined: () => {
    const { a } = undefined;
  },
  destructNull: () => {
    const {
      a: { b },
    } = { a: null };
  },
  destructParam: () => (({ a }) => a)(),
  destructArray: () => {
    const [a] = undefined;
  },
  destructNonIter: () => {
    const [a] = {};
  },
  destructNumber: () => {
    const [a] = 5;
  },
  spreadNonIter: () => [...{}],
  spreadUndefined: () => Math.max(...undefined),
  spreadCall: () => Math.max(...5),
  forOf: () => {
    for (const x of 5);
  },
  forOfObj: () => {
    for (const x of { a: 1 });
  },
  forOfUndefined: () => {
    for (const x of undefined);
  },
  mapNonIter: () => new Map(5),
  mapEntries: () => new Map([1]),
  setNonIter: () => new Set(5),
  promiseAll: () => Array.from(null),
  yieldStar: () => [
    ...(function* () {
      yield* 5;
    })(),
  ],
  inOperator: () => 'a' in 'b',
  instanceOf: () => ({}) instanceof 5,
  instanceOfObj: () => ({}) instanceof {},
  symbolConcat: () => `${Symbol('s')}`,
  symbolNumber: () => +Symbol(),
  bigintMix: () => 1n + 1,
  bigintFloat: () => BigInt(1.5),
  bigintParse: () => BigInt('x'),
  arrayLength: () => new Array(-1),
  stringRepeat: () => 'x'.repeat(-1),
  toFixed: () => (1).toFixed(101),
  toStringRadix: () => (1).toString(1),
  padHuge: () => 'x'.repeat(2 ** 30),
  invalidDate: () => new Date(NaN).toISOString(),
  regex: () => new RegExp('['),
  regexFlags: () => new RegExp('a', 'zz'),
  regexGroup: () => new RegExp('(?<a>x)(?<a>y)'),
  regexModifier: () => new RegExp('(?i:a)'),
  regexQuant: () => new RegExp('a**'),
  regexU: () => new RegExp('\\p{X}', 'u'),
  uri: () => decodeURIComponent('%'),
  normalize: () => 'x'.normalize('Q'),
  localeBad: () => 'a'.localeCompare('b', 'x-y-z-bad!'),
  intl: () => new Intl.NumberFormat('en', { style: 'currency' }),
  intlUnit: () => new Intl.NumberFormat('en', { style: 'bogus' }),
  dtf: () => new Intl.DateTimeFormat('en', { timeZone: 'Nope/Zone' }),
  dateStyle: () => new Date().toLocaleString('en', { dateStyle: 'x' }),
  frozen: () => {
    'use strict';
    Object.freeze([1]).push(2);
  },
  frozenSet: () => {
    'use strict';
    const o = Object.freeze({ a: 1 });
    o.a = 2;
  },
  frozenAdd: () => {
    'use strict';
    const o = Object.freeze({});
    o.b = 2;
  },
  frozenDelete: () => {
    'use strict';
    delete Object.freeze({ a: 1 }).a;
  },
  getterOnly: () => {
    'use strict';
    ({
      get x() {
        return 1;
      },
    }).x = 2;
  },
  undeclared: () => {
    'use strict';
    undeclaredVar = 1;
  },
  strPropSet: () => {
    'use strict';
    'abc'.x = 1;
  },
  defineProp: () => Object.defineProperty(Object.freeze({}), 'x', { value: 1 }),
  definePropTwice: () => {
    const o = {};
    Object.defineProperty(o, 'x', { value: 1 });
    Object.defineProperty(o, 'x', { value: 2 });
  },
  defineBad: () => Object.defineProperty({}, 'x', { get() {}, value: 1 }),
  defineOnPrim: () => Object.defineProperty(1, 'x', {}),
  protoCycle: () => {
    const a = {};
    const b = Object.create(a);
    Object.setPrototypeOf(a, b);
  },
  createBad: () => Object.create(1),
  assignNull: () => Object.assign(null),
  keysNull: () => Object.keys(null),
  entriesUndefined: () => Object.entries(undefined),
  fromEntries: () => Object.fromEntries([1]),
  fromEntriesU: () => Object.fromEntries(undefined),
  reflectBad: () => Reflect.ownKeys(1),
  classCall: () => {
    class A {}
    A();
  },
  superMissing: () => {
    class A {}
    class B extends A {
      constructor() {
        this.x = 1;
      }
    }
    new B();
  },
  extendsBad: () => {
    const x = 5;
    class A extends x {}
  },
  extendsUndefined: () => {
    class A extends undefined {}
  },
  privateMissing: () => {
    class A {
      #x;
      static t(o) {
        return o.#x;
      }
    }
    A.t({});
  },
  privateSet: () => {
    class A {
      #x;
      static t(o) {
        o.#x = 1;
      }
    }
    A.t({});
  },
  privateMethod: () => {
    class A {
      #m() {}
      static t(o) {
        o.#m();
      }
    }
    A.t({});
  },
  staticPrivate: () => {
    class A {
      static #s() {}
      static t(o) {
        o.#s();
      }
    }
    A.t({});
  },
  accessorPrivate: () => {
    class A {
      get #g() {
        return 1;
      }
      t() {
        this.#g = 1;
      }
    }
    new A().t();
  },
  abstractGen: () => {
    const g = (function* () {
      g.next();
    })();
    g.next();
  },
  proxyNull: () => new Proxy(1, {}),
  proxyRevoked: () => {
    const r = Proxy.revocable({}, {});
    r.revoke();
    return r.proxy.x;
  },
  proxyTrap: () => {
    'use strict';
    new Proxy({}, { set: () => false }).x = 1;
  },
  stack: () => {
    (function f() {
      f();
    })();
  },
  reduceEmpty: () => [].reduce((a) => a),
  atomics: () => Atomics.wait(new Int32Array(1), 0, 0),
  dataview: () => new DataView(new ArrayBuffer(1)).getInt32(0),
  typedLen: () => new Uint32Array(new ArrayBuffer(3)),
  arrayBufferNeg: () => new ArrayBuffer(-1),
  structured: () => structuredClone(() => {}),
  structuredSym: () => structuredClone(Symbol('x')),
  weakKey: () => new WeakMap().set('k', 1),
  weakRef: () => new WeakRef('x'),
  weakSet: () => new WeakSet().add(1),
  symNew: () => new Symbol(),
  bigNew: () => new BigInt(1),
  promiseNew: () => new Promise(),
  promiseCall: () => Promise(),
  mapCall: () => Map(),
  methodRecv: () => Map.prototype.get.call({}, 1),
  dateRecv: () => Date.prototype.getTime.call({}),
  strRecv: () => String.prototype.trim.call(null),
  fnRecv: () => Function.prototype.call.call(1),
  bindBad: () => Function.prototype.bind.call(1),
  arrRecv: () => Array.prototype.map.call(null, (x) => x),
  mapFn: () => [1].map(5),
  sortFn: () => [1].sort(5),
  forEachFn: () => [].forEach(),
  findFn: () => [].find(null),
  replaceAll: () => 'a'.replaceAll(/x/, ''),
  matchAll: () => 'a'.matchAll(/x/),
  startsWith: () => 'a'.startsWith(/x/),
  codePoint: () => String.fromCodePoint(-1),
  raw: () => String.raw(),
  newFunction: () => new Function('a b', 'return'),
  evalBad: () => eval('1 +'),
  evalToken: () => eval('var 1x'),
  evalBrace: () => eval('{'),
  evalString: () => eval('"abc'),
  evalTemplate: () => eval('`abc'),
  evalRegex: () => eval('/abc'),
  evalReserved: () => eval('let let = 1'),
  evalDup: () => eval('let a; let a;'),
  evalAwait: () => eval('await 1'),
  evalReturn: () => eval('return 1'),
  evalImport: () => eval('import x from "y"'),
  evalExport: () => eval('export const x = 1'),
  evalBreak: () => eval('break'),
  evalLabel: () => eval('continue x'),
  evalAssign: () => eval('1 = 2'),
  evalOctal: () => eval('"use strict"; 010'),
  evalDelete: () => eval('"use strict"; var x; delete x'),
  evalWith: () => eval('"use strict"; with (a) {}'),
  evalArgs: () => eval('"use strict"; arguments = 1'),
  evalFor: () => eval('for (let x of a, b);'),
  evalObj: () => eval('({a b})'),
  evalArrow: () => eval('a => {}()'),
  evalUsing: () => eval('{ using x = null; }'),
  evalYield: () => eval('function* g() { function yield() {} }'),
  evalNewTarget: () => eval('new.target'),
  evalSuper: () => eval('super.x'),
  evalPrivate: () => eval('this.#x'),
  evalParam: () => eval('(a, a) => 1'),
  evalNullish: () => eval('a ?? b || c'),
  evalExp: () => eval('-1 ** 2'),
  evalOpt: () => eval('a?.b = 1'),
  evalNum: () => eval('1_'),
  evalNum2: () => eval('3in []'),
  evalHash: () => eval('#!x'),
  evalIllegal: () => eval('@'),
  evalHtml: () => eval('let x = <div></div>'),
  evalType: () => eval('let x: number = 1'),
  evalInterface: () => eval('interface A {}'),
  evalEnum: () => eval('enum A {}'),
  evalAs: () => eval('x as y'),
  evalDecor: () => eval('@a class X {}'),
};
for (const [name, run] of Object.entries(cases)) {
  try {
    const r = run();
    console.log(name, 'no error', String(r).slice(0, 20));
  } catch (e) {
    console.log(name, e?.name, '|', e?.message);
  }
}
(async () => {
  const asyncCases = {
    all: () => Promise.all(5),
    allUndefined: () => Promise.all(),
    race: () => Promise.race(null),
    any: () => Promise.any([]),
    anyRejected: () => Promise.any([Promise.reject(1)]),
    selfResolve: () => {
      let r;
      const p = new Promise((res) => {
        r = res;
      });
      r(p);
      return p;
    },
    forAwait: async () => {
      for await (const x of 5);
    },
    forAwaitObj: async () => {
      for await (const x of {});
    },
    asyncStar: async () => {
      for await (const x of (async function* () {
        yield* {};
      })());
    },
    thenNull: async () => {
      await null.x;
    },
    awaitCall: async () => {
      await undefined();
    },
  };
  for (const [name, run] of Object.entries(asyncCases)) {
    try {
      console.log(name, await run());
    } catch (e) {
      console.log(name, e?.name, '|', e?.message, e?.errors);
    }
  }
})();
