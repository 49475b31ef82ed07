for (const value of [1.5, 'x', '3', {}, true, null, undefined, NaN, '', -1, 256, '0x10', 2 ** 40]) {
  try {
    process.exitCode = value;
    console.log(value, 'accepted', process.exitCode);
  } catch (error) {
    console.log(value, error.code, error.message);
  }
}
for (const value of ['a', 1.5, {}]) {
  try {
    process.exit(value);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
process.on('exit', (code) => {
  console.log('exit', code);
  process.exit(300);
});
process.exit(257);
