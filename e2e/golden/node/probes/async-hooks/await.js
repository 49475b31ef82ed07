const { AsyncLocalStorage } = require('node:async_hooks');
const fs = require('node:fs');

const als = new AsyncLocalStorage();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const lines = [];
const log = (who, what) => lines.push(`${who} ${what} ${als.getStore()?.name}`);

async function* numbers(who) {
  yield 1;
  log(who, 'generator');
  await sleep(1);
  yield 2;
}

const fails = async () => {
  await null;
  throw new Error('expected');
};

async function work(who) {
  log(who, 'start');
  await null;
  log(who, 'after null');
  await sleep(2);
  log(who, 'after sleep');
  try {
    await fails();
  } catch (error) {
    log(who, `caught ${error.message}`);
  } finally {
    log(who, 'finally');
  }
  for await (const number of numbers(who)) log(who, `item ${number}`);
  log(who, 'after loop');
  await fs.promises.readFile(__filename);
  log(who, 'after file');
  const [a, b] = await Promise.all([sleep(1).then(() => als.getStore().name), (async () => als.getStore().name)()]);
  log(who, `all ${a} ${b}`);
  await { then: (resolve) => (log(who, 'thenable'), resolve()) };
  log(who, 'after thenable');
  await als.run({ name: `${who}-inner` }, async () => {
    await sleep(1);
    log(who, 'inner');
  });
  log(who, 'outer');
  await new Promise((resolve) => fs.stat('.', resolve));
  log(who, 'after callback');
  await Promise.reject(1).catch(() => log(who, 'catch')).finally(() => log(who, 'finally callback'));
  als.enterWith({ name: `${who}-entered` });
  await null;
  log(who, 'entered');
  return who;
}

Promise.all(['a', 'b', 'c'].map((name) => als.run({ name }, work, name))).then((done) => {
  for (const name of done) console.log(lines.filter((line) => line.startsWith(name)).join('\n'));
  console.log(done, als.getStore());
});
