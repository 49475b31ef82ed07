/** Names of keys, and of what they hold, in the lists of files that models write. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

export const pathKeys = set('path file filename file_name filepath file_path name key target_file');
export const contentKeys = set('content contents code text lines source body file_text data value');
/** Objects under these keys have paths for keys. */
export const listKeys = set(
  'files file_map filemap contents code project output result response answer submission tree',
);
/** In objects under these keys every key is a path, also when it does not read like one. */
export const certainKeys = set('files file_map filemap');
/** Names of folders stand between an object and what is in it. */
export const folderKeys = set('directory children entries');
/** Keys of records in a database: what has them and a name is an example, not a file. */
export const recordKeys = set('id _id uuid created_at createdat updated_at updatedat');
/** What a call is given may be JSON within a text. */
export const callKeys = set('arguments args input parameters');
const actionKeys = set('op action type operation command kind status change');
const oldKeys = set('old_string old_str old_text old_code oldstring oldtext old search find original');
const newKeys = set('new_string new_str new_text new_code newstring newtext new replace replacement updated');

/** What a text under this key is for. */
export function roleOf(key: string): 'action' | 'old' | 'new' | 'call' | 'content' | 'path' | undefined {
  if (contentKeys.has(key)) return 'content';
  if (pathKeys.has(key)) return 'path';
  if (oldKeys.has(key)) return 'old';
  if (newKeys.has(key)) return 'new';
  if (actionKeys.has(key)) return 'action';
  return callKeys.has(key) ? 'call' : undefined;
}

export const takesAway = (action: string): boolean =>
  /^(?:deleted?|removed?|delete_file|remove_file|unlink)$/i.test(action);
