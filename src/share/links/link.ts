import { limits } from '../../domain/limits.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { seal } from './canonical.ts';
import { damaged, LinkError, type LinkFault } from './faults.ts';
import { gunzip, gzip, TooLargeError } from './gzip.ts';
import { FilePacker } from './pack-files.ts';
import { packRun } from './pack-run.ts';
import { isIntact, parseObject } from './parse.ts';
import { builtInReferences } from './references.ts';
import type { Share, SharedRun } from './shared-run.ts';
import { builtInSuites } from './suites.ts';
import { readerFor, tooManyRuns, writtenVersion, type Surroundings } from './versions.ts';
import type { WireFiles, WireShare } from './wire.ts';

/** References and suites of this build. */
export const builtIn: Surroundings = { references: builtInReferences, suites: builtInSuites };

/** How far a link gets: through nearly everything; through most chats and mails; through browsers only. */
export type Reach = 'everywhere' | 'most' | 'browsers';
/** Characters up to which; docs/links.md says why. */
const reaches = { everywhere: 2_000, most: 8_000 } as const;

export type MadeLink =
  | {
      ok: true;
      /** What follows the address: `#r1.…`. */
      fragment: string;
      reach: Reach;
      /** Messages, expected and got had to be left out for the link to be short enough. */
      shortened: boolean;
    }
  | { ok: false; fault: LinkFault };

/**
 * The link to one or several runs. Never rejects: a share that is too large for a link is a fault, and goes into a file.
 */
export async function makeLink(share: Share, here: Surroundings = builtIn): Promise<MadeLink> {
  if (share.runs.length > limits.sharedRuns) return { ok: false, fault: tooManyRuns().fault };
  if (share.runs.length === 0) return { ok: false, fault: damaged('it holds no run').fault };
  const packer = new FilePacker(here.references);
  const files: WireFiles[] = [];
  for (const run of share.runs) {
    if (run.files === undefined) {
      return { ok: false, fault: { code: 'unknown-reference', references: [] } };
    }
    files.push(await packer.pack(run.files, run.task.id));
  }
  const bases = await packer.bases();
  for (const details of [true, false]) {
    const wire = await seal<Omit<WireShare, 'hash'>>({
      version: writtenVersion,
      bases,
      runs: share.runs.map((run: SharedRun, index) =>
        packRun(run, files[index] ?? { own: [] }, here.suites, details),
      ),
      ...(share.at !== undefined && { at: [share.at.run, share.at.assertion] }),
    });
    const bytes = new TextEncoder().encode(JSON.stringify(wire));
    if (bytes.length > limits.linkBytes) continue;
    const fragment = `#r1.${toBase64Url(await gzip(bytes))}`;
    if (fragment.length > limits.linkCharacters) continue;
    return { ok: true, fragment, reach: reachOf(fragment.length), shortened: !details };
  }
  return { ok: false, fault: tooLong() };
}

const reachOf = (length: number): Reach =>
  length <= reaches.everywhere ? 'everywhere' : length <= reaches.most ? 'most' : 'browsers';

const tooLong = (): LinkFault => ({
  code: 'oversized',
  what: 'text',
  most: `${limits.linkCharacters.toLocaleString('en')} characters`,
});

/**
 * What a link or a file holds. `seal` says whether it is as it was made: what is `broken` is shown with its fault and
 * is never to be run without being asked about; a run record without any seal has `none`. `faults` are to be shown.
 */
export type Opened =
  | { readable: true; share: Share; seal: 'intact' | 'broken' | 'none'; faults: readonly LinkFault[] }
  | { readable: false; fault: LinkFault };

/**
 * Opens the fragment of an address. Never rejects, and runs nothing. @param fragment - with or without the `#`
 */
export function openLink(fragment: string, here: Surroundings = builtIn): Promise<Opened> {
  return caught(async () => {
    const [, form = '', text = ''] = /^#?r(\d{1,4})\.([^]*)$/.exec(fragment) ?? [];
    if (form === '') throw new LinkError({ code: 'not-a-link' });
    if (form !== '1') throw new LinkError({ code: 'too-new', what: `a link of the form r${form}` });
    if (fragment.length > limits.linkCharacters) throw new LinkError(tooLong());
    const packed = fromBase64Url(text.trim());
    if (packed === undefined) throw damaged('it holds characters that no link has');
    if (packed.length === 0) throw damaged('nothing is left of it but its beginning');
    return openSealed(await inflate(packed, limits.linkBytes), here);
  });
}

async function openSealed(bytes: Uint8Array, here: Surroundings): Promise<Opened> {
  const json = parseObject(bytes);
  const read = readerFor(json['version']);
  const intact = await isIntact(json);
  if (intact) return { readable: true, seal: 'intact', ...(await read(json, here)) };
  try {
    const { share, faults } = await read(json, here);
    return { readable: true, seal: 'broken', share, faults: [{ code: 'tampered' }, ...faults] };
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    return { readable: false, fault: { code: 'tampered' } };
  }
}

/** @throws LinkError `oversized` beyond `most` bytes, `damaged` for what is no gzip. */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await gunzip(bytes, most);
  } catch (error) {
    if (error instanceof TooLargeError) {
      throw new LinkError({ code: 'oversized', what: 'content', most: `${most / 2 ** 20} MB` });
    }
    throw damaged('it was cut off or changed on the way');
  }
}

/** The fault of an opening that failed. */
export async function caught<T>(open: () => Promise<T>): Promise<T | { readable: false; fault: LinkFault }> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof LinkError) return { readable: false, fault: error.fault };
    const why = error instanceof Error ? error.message : String(error);
    return { readable: false, fault: { code: 'damaged', detail: `it cannot be read (${why})` } };
  }
}
