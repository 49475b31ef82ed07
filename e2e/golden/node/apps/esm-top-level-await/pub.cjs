module.exports = { pub: true };
