import { answerDesigns } from './answers.ts';
import { articleDesigns } from './articles.ts';
import { commentDesigns } from './comments.ts';
import { applyDesign, type Design } from './design.ts';
import { feedDesigns } from './feed.ts';
import { listDesigns } from './lists.ts';
import { markDesigns } from './marks.ts';
import { profileDesigns } from './profiles.ts';
import { userDesigns } from './users.ts';
import type { Mutant } from '../types.ts';

/** Every bug that was written by hand. */
export const designs: readonly Design[] = [
  ...userDesigns,
  ...profileDesigns,
  ...articleDesigns,
  ...markDesigns,
  ...listDesigns,
  ...feedDesigns,
  ...commentDesigns,
  ...answerDesigns,
];

/** @throws Error when the reference no longer has what a design changes. */
export function designedMutants(sources: Readonly<Record<string, string>>): Mutant[] {
  return designs.map((design) => applyDesign(design, sources));
}
