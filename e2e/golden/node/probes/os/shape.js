const os = require('node:os');
console.log(Object.keys(os).sort().join(' '));
console.log(os.EOL === '\n', os.platform(), os.type(), os.arch(), os.endianness(), os.devNull, os.homedir() === process.env.HOME);
console.log(os.constants.signals.SIGTERM, os.constants.errno.ENOENT, os.constants.priority, os.constants.UV_UDP_REUSEADDR, os.availableParallelism() > 0, os.cpus().length > 0);
console.log(Object.keys(os.cpus()[0]), Object.keys(os.userInfo()), typeof os.userInfo().uid, Buffer.isBuffer(os.userInfo({ encoding: 'buffer' }).username), os.loadavg().length, os.totalmem() > os.freemem(), os.uptime() > 0);
console.log(typeof os.hostname(), typeof os.release(), typeof os.version(), os.machine(), `${os.platform}`, os.networkInterfaces().lo?.[0].address);
for (const f of [() => os.getPriority('x'), () => os.setPriority(1, 99), () => os.userInfo({ encoding: 5 }).username.length > 0]) {
  try {
    console.log(f());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
