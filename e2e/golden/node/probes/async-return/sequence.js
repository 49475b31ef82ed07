const log = (name) => (value) => console.log(name, value);
const early = (name, value) => (console.log('evaluated', name), value);
class Box {
  #inside = 'private';
  async method() {
    await null;
    return early('method', 1), { inside: this.#inside };
  }
}
async function returnsSequence() {
  await null;
  return void 0, early('function', 2);
}
const arrow = async () => (await 1, early('arrow', 3));
const block = async () => {
  return 1, await early('block', Promise.resolve(4));
};
const parenthesised = async () => {
  return (1, await early('parenthesised', 5));
};
async function throwsSequence() {
  throw (early('throw', 6), new Error('thrown'));
}
async function* generator() {
  yield (early('yield', 7), 8);
  return 9, await early('generator end', 10);
}
(async () => {
  await new Box().method().then(log('method'));
  await returnsSequence().then(log('function'));
  await arrow().then(log('arrow'));
  await block().then(log('block'));
  await parenthesised().then(log('parenthesised'));
  await throwsSequence().catch((error) => log('throw')(error.message));
  const iterator = generator();
  log('yield')(await iterator.next());
  log('generator end')(await iterator.next());
})();
