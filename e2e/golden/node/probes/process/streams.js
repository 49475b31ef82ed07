// run: printf 'first line\nsecond' | node streams.js
const chunks = [];
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => chunks.push(chunk));
process.stdin.on('end', () => {
  console.log('stdin', JSON.stringify(chunks.join('')));
  process.stdout.write('with callback\n', () => {
    process.stderr.write('to stderr\n');
    process.stdout.write(Buffer.from('bytes\n'));
    process.stdout.write('latin1 \u00e9\n', 'utf8');
  });
});
console.error('error %s %d %j %o', 'text', 5, { a: 1 }, [1]);
console.log(process.stdout.write(''), process.stdin.readable, process.stdin.isPaused());
for (const attempt of [() => process.stdout.write(5), () => process.stdout.write(null)]) {
  try {
    console.log(attempt() !== undefined);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
process.stdout.on('error', (error) => console.error('late', error.code));
