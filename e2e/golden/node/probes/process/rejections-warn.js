// run: node --unhandled-rejections=warn --no-warnings rejections-warn.js
process.on('exit', (code) => console.log('exit', code));
process.on('uncaughtException', (error, origin) => console.log('uncaught', error.message, origin));
Promise.reject(new Error('first'));
setTimeout(() => Promise.reject('second'), 5);
setTimeout(() => console.log('later', process.exitCode), 20);
