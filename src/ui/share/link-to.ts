import type { RunRecord } from '../../domain/run.ts';
import type { MadeLink } from '../../share/links/index.ts';

/** The address of this page without a fragment: what every link begins with. */
export function pageAddress({ origin, pathname, search }: Location = location): string {
  return `${origin}${pathname}${search}`;
}

/**
 * A link to runs, and to one assertion of the first when it is named. The code that makes links is loaded when it is first
 * asked for. Never rejects for what the runs hold.
 */
export async function linkTo(records: readonly RunRecord[], assertion?: string): Promise<MadeLink> {
  const { makeLink, shareOf } = await import('../../share/links/index.ts');
  return makeLink(shareOf(records, assertion === undefined ? undefined : { run: 0, assertion }));
}
