const kind = (value) => (Array.isArray(value) ? 'array' : typeof value);
console.log(process.version, process.versions.node, process.versions.v8, process.release.name, process.release.lts);
console.log(process.arch, process.platform, process.title, process.argv0, process.execArgv, process.argv.length);
console.log(Object.keys(process).sort().join(' '));
console.log(Object.keys(process.versions).sort().join(' '));
console.log(process.features);
console.log(Object.keys(process.config), Object.isFrozen(process.config), Object.isFrozen(process.versions));
console.log(Object.prototype.toString.call(process), process.constructor.name, process instanceof require('node:events'));
const memory = process.memoryUsage();
console.log(Object.keys(memory), Object.values(memory).every((n) => Number.isInteger(n) && n > 0), process.memoryUsage.rss() > 0);
console.log(Object.keys(process.resourceUsage()).join());
const cpu = process.cpuUsage();
console.log(Object.keys(cpu), cpu.user >= 0, process.cpuUsage(cpu).system >= 0);
const time = process.hrtime();
console.log(time.length, time[1] < 1e9, process.hrtime(time)[0], typeof process.hrtime.bigint(), process.uptime() > 0);
console.log(process.umask().toString(8), process.umask(0o77).toString(8), process.umask().toString(8));
console.log(process.stdout.isTTY, process.stdout.columns, process.stderr.isTTY, process.stdin.isTTY, process.stdout.fd, process.stderr.fd, process.stdin.fd);
console.log(process.stdout.writable, process.stdout.writableHighWaterMark, process.stdout.getColorDepth);
console.log(kind(process.env), kind(process.allowedNodeEnvironmentFlags), process.allowedNodeEnvironmentFlags.has('--no-warnings'), process.allowedNodeEnvironmentFlags.size > 50);
console.log(kind(process.getuid), kind(process.getActiveResourcesInfo()), process.constrainedMemory() >= 0, process.availableMemory() > 0);
console.log(process.debugPort, process.report?.directory, kind(process.getBuiltinModule), process.getBuiltinModule?.('node:fs') === require('node:fs'), process.getBuiltinModule?.('nope'));
console.log(process.sourceMapsEnabled, process.exitCode, process.connected, process.channel, process.send, process.mainModule === module);
for (const attempt of [
  () => process.chdir('/does/not/exist'),
  () => process.chdir(5),
  () => process.binding('nope'),
  () => process.dlopen({}),
  () => process.hrtime(5),
  () => process.hrtime([1]),
  () => process.umask('9z'),
  () => process.setegid({}),
  () => process.cpuUsage({ user: -1, system: 1 }),
  () => process.loadEnvFile('none.env'),
  () => process.assert(false, 'asserted'),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.code, error.message);
  }
}
process.env.NUMBER = 5;
process.env.UNDEFINED = undefined;
console.log(process.env.NUMBER === '5', process.env.UNDEFINED === 'undefined', 'NUMBER' in process.env, delete process.env.NUMBER, process.env.NUMBER, process.env.toString === undefined);
for (const attempt of [() => (process.env[Symbol('s')] = 1), () => (process.env.x = Symbol('v')), () => Object.defineProperty(process.env, 'y', { value: '1' })]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.code, error.message);
  }
}
