/**
 * Stands for modules of Node and packages that have no place in a worker: sockets, files, NTLM, RSA. Reading members
 * is harmless, since libraries do so as they load; calling one says what is missing.
 */
function missing() {
  throw new Error('this needs a part of Node that is not there in a browser');
}

const absent = new Proxy(missing, {
  get(target, key) {
    if (key === 'prototype') return target.prototype;
    return key === '__esModule' || key === 'then' || typeof key === 'symbol' ? undefined : absent;
  },
  construct: missing,
});

module.exports = absent;
