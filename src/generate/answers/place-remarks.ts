import { asPath, readCaption } from './path-words.ts';
import type { Placer } from './place.ts';
import { remarkOn } from './remarks.ts';

const removedFiles =
  /^[\s#>*_\d.)]*(?:the following files? (?:are|were|is|was|can be|should be) )?(?:deleted|removed|files? (?:to (?:delete|remove)|deleted|removed))(?: files?)?[\s:*_]*$/i;
const emptyFiles =
  /^[\s#>*_\-\d.)]*(?:create |add |and )?(?:the following |these |two |three )?(?:empty|blank) (?:files?|package markers?|`[\w/]*__init__)/i;

/** Code as a web page has it, and tags of files whose marks were escaped. */
const unreadMarkup =
  /^\s*<pre\b[^>]{0,80}>|^\s*<code class="language-[^>]{0,80}>|^\s*&lt;[\w-]{1,40}\s+(?:path|name|file|filename|filePath)=(?:&quot;|["'])[^&"']{1,100}/i;

/** Does what the words between the blocks say of whole files: that they are unchanged, empty, removed, renamed. */
export function placeRemarks(placer: Placer, prose: readonly string[]): void {
  let listed = false;
  prose.forEach((line, at) => {
    // "Deleted files:" stands over a list.
    const item = listed && /^\s*(?:[-*+]|\d+[.)])\s/.test(line) ? readCaption(line)?.path : undefined;
    listed = item !== undefined || removedFiles.test(line);
    if (item !== undefined) return remove(placer, line, item);
    if (emptyFiles.test(line)) {
      const paths = [...line.matchAll(/`([^`]+)`/g)].map(([, code]) => asPath(code));
      for (const path of paths) if (path !== undefined) empty(placer, line, path);
      return;
    }
    const markup = unreadMarkup.exec(line)?.[0];
    if (markup !== undefined)
      return placer.refuse(
        { line: 0, lines: [line] },
        'unreadable',
        `Text in HTML is not read: ${markup.trim()}`,
      );
    const removed = removedIn(line);
    if (removed !== undefined) return remove(placer, line, removed);
    const renamed = renamedIn(line);
    if (renamed !== undefined) return rename(placer, line, renamed.from, renamed.to);
    placeRemark(placer, line, prose[at - 1]);
  });
}

/** @param above - the line before it, which may name what this one speaks of */
function placeRemark(placer: Placer, line: string, above: string | undefined): void {
  const remark = remarkOn(line);
  if (remark === undefined) return;
  const named = above === undefined || !isRemarkAlone(line) ? undefined : readCaption(above);
  const path =
    readCaption(line)?.path ?? (named?.how === 'name' && named.rest === '' ? named.path : undefined);
  if (path === undefined) return;
  if (remark === 'empty') return empty(placer, line, path);
  const place = { line: 0, lines: [line] };
  const clean = placer.path(place, path);
  if (clean !== undefined && placer.current(clean) === undefined)
    placer.refuse(place, 'no-file', `${path} is said to be unchanged, and there is no such file yet.`);
}

function empty(placer: Placer, line: string, path: string): void {
  const clean = placer.path({ line: 0, lines: [line] }, path);
  if (clean !== undefined) placer.empty(clean);
}

/** A line of its own below the name of a file: "(empty file)", "No changes." */
const isRemarkAlone = (line: string): boolean =>
  /^[\s*_([]*(?:this (?:file )?(?:is|stays|remains) |leave (?:this |it )?|(?:is )?intentionally |an? )?(?:left )?(?:empty|blank|unchanged|no changes?|same as before)(?: file)?(?: needed| required)?[\s*_)\].]*$/i.test(
    line,
  );

/** The path in "Delete `src/old.js`." or `### src/old.js (deleted)`. */
function removedIn(line: string): string | undefined {
  if (line.length > 300) return undefined;
  const [, path, after = ''] =
    /^[\s#>*_\-\d.)]*(?:delete|deleted|remove|removed)\b[*_]*:?[*_]*\s+(?:the\s+)?(?:old\s+|unused\s+|obsolete\s+)?(?:file\s+)?[*_`"']*([^\s`"'*]+)[`"'*_]*(.*)$/i.exec(
      line,
    ) ?? [];
  if (path !== undefined && /^\s*(?:$|[.,;:(–—]|-\s|(?:because|since|as)\b)/.test(after)) return asPath(path);
  const caption = readCaption(line);
  return caption?.how === 'name' &&
    /^[([–—-]\s*(?:to be )?(?:deleted?|removed?)(?: this file)?[)\].]*$/i.test(caption.rest)
    ? caption.path
    : undefined;
}

/** The paths in "Rename `a.js` to `b.js`." */
function renamedIn(line: string): { from: string; to: string } | undefined {
  if (line.length > 300) return undefined;
  const [, one, other] =
    /^[\s#>*_\-\d.)]*(?:rename|renamed|move|moved)\b[*_]*:?[*_]*\s+(?:the\s+)?(?:file\s+)?[*_`"']*([^\s`"'*]+)[`"'*_]*\s+(?:to|into|→|->|=>)\s+[*_`"']*([^\s`"'*]+?)[`"'*_]*[.:]?\s*$/i.exec(
      line,
    ) ?? [];
  const [from, to] = [asPath(one), asPath(other)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Takes a file of before away; what the answer writes itself stays. */
function remove(placer: Placer, line: string, written: string): void {
  const place = { line: 0, lines: [line] };
  const path = placer.path(place, written);
  if (path !== undefined && placer.isOfBefore(path))
    placer.change(place, { path, at: 0, action: 'remove', hunks: [] });
}

function rename(placer: Placer, line: string, from: string, to: string): void {
  const place = { line: 0, lines: [line] };
  const [old, fresh] = [placer.path(place, from), placer.path(place, to)];
  if (old === undefined || fresh === undefined || !placer.isOfBefore(old)) return;
  const there = placer.current(fresh) !== undefined;
  placer.change(place, {
    path: old,
    at: 0,
    hunks: [],
    action: there ? 'remove' : 'edit',
    ...(!there && { to: fresh }),
  });
}
