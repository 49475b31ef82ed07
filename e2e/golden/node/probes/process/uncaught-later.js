process.on('exit', (code) => {
  console.log('exit', code);
  process.exitCode = 9;
});
const error = new Error('made before', { cause: new TypeError('the reason') });
error.status = 400;
throw error;
