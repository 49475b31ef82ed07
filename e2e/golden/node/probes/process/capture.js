process.setUncaughtExceptionCaptureCallback((error) => console.log('captured', error.message));
console.log(process.hasUncaughtExceptionCaptureCallback());
for (const attempt of [
  () => process.setUncaughtExceptionCaptureCallback(() => {}),
  () => process.setUncaughtExceptionCaptureCallback(5),
  () => require('node:domain'),
]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
setTimeout(() => {
  throw new Error('timer');
}, 1);
setTimeout(() => Promise.reject(new Error('promise')), 5);
setTimeout(() => {
  process.setUncaughtExceptionCaptureCallback(null);
  console.log(process.hasUncaughtExceptionCaptureCallback());
  process.on('uncaughtException', (error) => console.log('event', error.message));
  throw new Error('after');
}, 10);
