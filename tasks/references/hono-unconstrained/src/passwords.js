import bcrypt from 'bcryptjs';

const rounds = 8;

export const hashPassword = (password) => bcrypt.hash(password, rounds);
export const isPassword = (password, hash) => bcrypt.compare(password, hash);
