process.on('exit', (code) => console.log('exit', code));
async function load() {
  await null;
  const user = undefined;
  return user.name;
}
load();
setTimeout(() => console.log('never'), 50);
