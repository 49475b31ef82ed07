import { a } from './a.js';
export const b = () => {
  try {
    return a;
  } catch (error) {
    return error.name;
  }
};
