process.send({ argv: process.argv.slice(2), connected: process.connected });
process.on('message', (message) => process.send({ echo: message }));
process.on('disconnect', () => process.exit(5));
