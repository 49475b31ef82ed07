// run: NODE_DEBUG=mine,other-* node debuglog.js 2>&1 | sed 's/ [0-9][0-9]*:/ PID:/'
const { debuglog } = require('node:util');
const mine = debuglog('mine', (tuned) => console.log('tuned', typeof tuned));
mine('hello %s', 'world', { a: 1 });
mine('again');
debuglog('other-thing')('matched');
debuglog('unmatched')('never');
console.log(mine.enabled, debuglog('unmatched').enabled);
