process.on('exit', () => console.log('never'));
process.on('uncaughtException', () => console.log('never'));
setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5);
setTimeout(() => console.log('never'), 200);
