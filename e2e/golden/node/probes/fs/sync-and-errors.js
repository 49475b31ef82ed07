const fs = require('node:fs');
const path = require('node:path');
const attempt = (f) => {
  try {
    return f();
  } catch (error) {
    return `${error.name} ${error.code} ${error.errno ?? ''} ${error.syscall ?? ''}: ${error.message}`;
  }
};
console.log(attempt(() => fs.readFileSync('none')), attempt(() => fs.mkdirSync('a/b')), attempt(() => fs.rmdirSync('none')), attempt(() => fs.readdirSync(__filename)));
fs.mkdirSync('d/e/f', { recursive: true });
fs.writeFileSync('d/one.txt', 'one', { mode: 0o640 });
fs.appendFileSync('d/one.txt', ' more');
fs.copyFileSync('d/one.txt', 'd/e/two.txt');
fs.symlinkSync('one.txt', 'd/link');
fs.linkSync('d/one.txt', 'd/hard');
console.log(fs.readFileSync('d/link', 'utf8'), fs.readlinkSync('d/link'), fs.lstatSync('d/link').isSymbolicLink(), fs.statSync('d/hard').nlink, (fs.statSync('d/one.txt').mode & 0o777).toString(8));
console.log(fs.readdirSync('d').sort(), fs.readdirSync('d', { withFileTypes: true }).map((entry) => `${entry.name}:${entry.isDirectory()}:${entry.isSymbolicLink()}`).sort(), fs.readdirSync('d', { recursive: true }).sort());
console.log(attempt(() => fs.rmdirSync('d')), attempt(() => fs.rmSync('d')), attempt(() => fs.writeFileSync('d', 'x')), attempt(() => fs.mkdirSync('d')), attempt(() => fs.copyFileSync('d/one.txt', 'd/e/two.txt', fs.constants.COPYFILE_EXCL)), attempt(() => fs.openSync('d/one.txt', 'wx')));
fs.renameSync('d/e/two.txt', 'd/three.txt');
fs.truncateSync('d/three.txt', 3);
fs.utimesSync('d/three.txt', 1e9, 1.5e9);
const stat = fs.statSync('d/three.txt');
console.log(stat.size, stat.mtimeMs, stat.atime.toISOString(), stat.isFile(), fs.statSync('d/three.txt', { bigint: true }).mtimeNs, fs.statSync('none', { throwIfNoEntry: false }));
const fd = fs.openSync('d/rw', 'w+');
console.log(fs.writeSync(fd, 'hello world'), fs.writeSync(fd, Buffer.from('J'), 0, 1, 0), fs.readSync(fd, Buffer.alloc(20), { position: 0, length: 5 }), fs.readFileSync(fd, 'utf8'));
fs.ftruncateSync(fd, 4);
fs.closeSync(fd);
console.log(fs.readFileSync('d/rw', 'latin1'), attempt(() => fs.closeSync(fd)), attempt(() => fs.readSync(9999, Buffer.alloc(1))), attempt(() => fs.accessSync('none')), attempt(() => fs.accessSync('d/rw', fs.constants.R_OK)), fs.existsSync('d/rw'), fs.existsSync(5));
console.log(attempt(() => fs.readFileSync(5.5)), attempt(() => fs.readFileSync({})), attempt(() => fs.readFileSync('a\0b')), attempt(() => fs.writeFileSync('x', {})), attempt(() => fs.readFile('x')), attempt(() => fs.chmodSync('d/rw', 'zzz')), attempt(() => fs.openSync('d/rw', 'zz')));
fs.cpSync('d', 'copy', { recursive: true });
console.log(fs.readdirSync('copy').sort(), path.relative(process.cwd(), fs.realpathSync('d/link')), path.basename(fs.mkdtempSync('tmp-')).length);
fs.chmodSync('d/rw', 0o400);
console.log((fs.statSync('d/rw').mode & 0o777).toString(8), attempt(() => fs.unlinkSync('d/e')), attempt(() => fs.symlinkSync('x', 'd/link')), attempt(() => fs.readlinkSync('d/rw')), attempt(() => fs.statSync('d/one.txt/x')));
fs.symlinkSync('loop', 'loop');
console.log(attempt(() => fs.readFileSync('loop')), attempt(() => fs.renameSync('d', 'd/e/x')));
const dir = fs.opendirSync('copy');
const names = [];
for (let entry = dir.readSync(); entry !== null; entry = dir.readSync()) names.push(entry.name);
dir.closeSync();
console.log(names.sort(), attempt(() => dir.readSync()));
fs.rmSync('copy', { recursive: true });
fs.rmSync('none', { force: true });
console.log(fs.existsSync('copy'), fs.constants.O_CREAT, fs.F_OK, typeof fs.promises.open);
