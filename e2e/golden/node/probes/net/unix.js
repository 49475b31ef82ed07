const net = require('node:net');
const fs = require('node:fs');
const server = net.createServer((socket) => socket.end('over a path'));
server.listen('./sock', () => {
  console.log(server.address().endsWith('sock'), fs.statSync('./sock').isSocket());
  net.connect('./sock').setEncoding('utf8').on('data', console.log).on('close', () => server.close(() => {
    console.log(fs.existsSync('./sock'));
    net.connect('./sock').on('error', (error) => console.log(error.code, error.syscall, error.message));
  }));
});
