process.on('SIGTERM', (name, number) => {
  console.log(name, number);
  clearInterval(alive);
});
process.once('SIGUSR2', (...args) => console.log(...args));
process.on('SIGHUP', () => console.log('hup'));
process.on('exit', (code) => console.log('exit', code));
const alive = setInterval(() => {}, 1000);
setTimeout(() => process.kill(process.pid, 'SIGUSR2'), 1);
setTimeout(() => process.kill(process.pid, 'SIGHUP'), 10);
setTimeout(() => process.kill(process.pid, 15), 30);
for (const attempt of [
  () => process.kill(process.pid, 'SIGNOPE'),
  () => process.kill('x'),
  () => process.kill(process.pid, 200),
  () => process.kill(99999999, 0),
  () => process.on('SIGKILL', () => {}),
  () => process.on('SIGSTOP', () => {}),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.code, error.syscall, error.message);
  }
}
console.log(process.kill(process.pid, 0), process.kill(process.pid, 'SIGWINCH'), process.kill(process.pid, 'SIGCHLD'));
