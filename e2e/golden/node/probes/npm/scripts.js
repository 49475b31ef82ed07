// run: npm run hello; npm run -s hello; npm run args -- a "b c" --x=1; npm run chain; npm start -- more; npm test; npm t; node scripts.js
// files: package.json show.js
const { spawnSync } = require('node:child_process');
for (const line of ['run fail', 'run -s fail', 'run nope', 'run nope --if-present', 'run args a --flag b', 'pkg get name', 'prefix', 'root', 'pkg set extra.deep=1', 'pkg get extra']) {
  const { status, stdout } = spawnSync('npm', line.split(' '), { encoding: 'utf8' });
  console.log(line, status, stdout.replaceAll(process.cwd(), '.'));
}
