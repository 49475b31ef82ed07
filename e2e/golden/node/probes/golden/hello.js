console.log('hello from', process.version, __filename);
console.error('and', process.argv.length);
process.exitCode = 3;
