/** Stands for Node's zlib in the shell library's browser build, where its gzip command fails with a message. */
const absent = () => {
  throw new Error('gzip is not available in this shell');
};
export const gzipSync = absent;
export const gunzipSync = absent;
export const constants = {};
export default { gzipSync, gunzipSync, constants };
