await new Promise((done) => setTimeout(done, 5));
export const late = 'after waiting';
export default 3;
