const http = require('node:http');
http.createServer((req, res) => res.end('x')).listen(process.env.PORT || 3000, () => console.log('up'));
process.on('exit', () => console.log('never said, as the default of a signal ends without events'));
