const http = require('node:http');
class DatabaseError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'DatabaseError';
    this.code = 'E_DB';
    this.detail = { table: 'users' };
  }
}
http.createServer((req, res) => {
  res.end('scheduled');
  setTimeout(function later() {
    throw new DatabaseError('lost', { cause: new TypeError('inner') });
  }, 20);
}).listen(process.env.PORT || 3000, () => console.log('up'));
process.on('uncaughtExceptionMonitor', (error, origin) => console.error('monitor', origin, error.code));
