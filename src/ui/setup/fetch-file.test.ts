import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { limits } from '../../domain/limits.ts';
import { fetchFile, type FetchOptions } from './fetch-file.ts';

const url = new URL('https://files.example/my%20app.zip');

/** Fetches from a server that answers like this; `asked` collects what was asked of it. */
function fetched(
  answer: (init: RequestInit) => Promise<Response> | Response,
  options: Partial<FetchOptions> = {},
): Promise<Awaited<ReturnType<typeof fetchFile>>> {
  return fetchFile(url, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    online: () => true,
    fetch: async (_, init = {}) => answer(init),
    ...options,
  });
}

const bytes = (files: Record<string, string>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))),
  );
const patch = [
  'diff --git a/run.sh b/run.sh',
  'new file mode 100644',
  '--- /dev/null',
  '+++ b/run.sh',
  '@@ -0,0 +1 @@',
  '+exec node server.js',
  '',
].join('\n');

describe('a submission from an address', () => {
  it('is a zip, a patch or a text, whatever its name says', async () => {
    const zip = await fetched(() => new Response(bytes({ 'app/run.sh': 'x', 'app/package.json': '{}' })));
    expect(Object.keys(zip.files)).toEqual(['package.json', 'run.sh']);
    expect(zip.source).toEqual({ kind: 'archive', label: 'archive my app.zip from files.example' });
    const patched = await fetched(() => new Response(patch));
    expect(patched.source.kind).toBe('patch');
    expect(patched.files['run.sh']).toContain('exec node server.js');
    const text = await fetched(() => new Response('=== run.sh ===\nexec node a.js\n'));
    expect(text.source.kind).toBe('paste');
    expect(Object.keys(text.files)).toEqual(['run.sh']);
  });

  it('is a gist, or a single file of a program, or a diff in UTF-16', async () => {
    const files = { 'run.sh': { content: 'x', truncated: false }, 'a.js': { content: 'y' } };
    const gist = await fetched(() => new Response(JSON.stringify({ id: '1', files, owner: {} })));
    expect(gist.files).toEqual({ 'run.sh': 'x', 'a.js': 'y' });
    const cut = JSON.stringify({ files: { 'a.js': { content: 'y', truncated: true } } });
    await expect(fetched(() => new Response(cut))).rejects.toThrow(/a\.js is too large/);
    const one = await fetchFile(new URL('https://files.example/x/server.js'), {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      fetch: () => Promise.resolve(new Response('const x = 1;\n')),
    });
    expect(one.files).toEqual({ 'server.js': 'const x = 1;\n' });
    const wide = new Uint8Array(Uint16Array.from(`\uFEFF${patch}`, (unit) => unit.charCodeAt(0)).buffer);
    expect((await fetched(() => new Response(wide))).files).toEqual({ 'run.sh': 'exec node server.js\n' });
  });

  it('is asked for without cookies and without the address of the page, and says how far it is', async () => {
    let asked: RequestInit = {};
    const progress: [number, number | undefined][] = [];
    const body = bytes({ 'run.sh': 'x' });
    await fetched(
      (init) => {
        asked = init;
        return new Response(body, { headers: { 'content-length': String(body.length) } });
      },
      { onProgress: (got, of) => progress.push([got, of]) },
    );
    expect(asked).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
    expect(progress.at(-1)).toEqual([body.length, body.length]);
  });

  it('that is too large is refused by what it announces, and by what it sends', async () => {
    let read = false;
    const announced = fetched(
      () =>
        new Response(
          new ReadableStream(
            {
              pull: () => {
                read = true;
              },
            },
            { highWaterMark: 0 },
          ),
          { headers: { 'content-length': String(limits.archiveBytes + 1) } },
        ),
    );
    await expect(announced).rejects.toThrow(/files\.example is larger than 32 MB/);
    expect(read).toBe(false);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 2 ** 20;
        controller.enqueue(new Uint8Array(2 ** 20));
      },
    });
    await expect(fetched(() => new Response(endless))).rejects.toThrow(/larger than 32 MB/);
    expect(sent).toBeLessThan(limits.archiveBytes + 4 * 2 ** 20);
  });

  it('says in words what went wrong', async () => {
    const failing = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(fetched(failing)).rejects.toThrow(/does not allow other sites to read its files \(CORS\)/);
    await expect(fetched(failing, { online: () => false })).rejects.toThrow(/went offline/);
    await expect(fetched(() => new Response('', { status: 404 }))).rejects.toThrow(
      /answered 404 \(not found\)/,
    );
    await expect(fetched(() => new Response('<!doctype html><p>hello'))).rejects.toThrow(
      /a web page instead/,
    );
    await expect(fetched(() => new Response('hello'))).rejects.toThrow(/neither a \.zip nor a patch/);
    const evil = bytes({ '../run.sh': 'x' });
    await expect(fetched(() => new Response(evil))).rejects.toThrow(/leads out of the submission/);
  });

  it('ends when it is stopped', async () => {
    const stop = new AbortController();
    const waiting = fetched(
      ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
      { signal: stop.signal },
    );
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
