const fs = require('fs');
if (process.argv[2] === 'child') {
  fs.writeFile('opened.txt', 'never written', () => console.log('never'));
  fs.mkdir('made', () => console.log('never'));
  fs.promises.rm('absent').catch(() => console.log('never'));
  fs.write(1, 'last line\n', () => console.log('never'));
  process.on('exit', () => fs.mkdir('made-in-exit', () => console.log('never')));
  process.exit(3);
}
const child = require('child_process').spawnSync(process.execPath, [__filename, 'child'], { encoding: 'utf8' });
console.log(child.status, child.stdout, child.stderr);
console.log(fs.readdirSync('.').filter((name) => !name.endsWith('.js')), fs.statSync('opened.txt').size);
