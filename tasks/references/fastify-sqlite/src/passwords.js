'use strict';

const bcrypt = require('bcrypt');

const rounds = 8;

module.exports = {
  hashPassword: (password) => bcrypt.hash(password, rounds),
  isPassword: (password, hash) => bcrypt.compare(password, hash),
};
