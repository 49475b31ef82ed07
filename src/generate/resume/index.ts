/** Generations that outlive their tab. See docs/model-client.md. */
export { GenerationKeeper, type HeldGeneration } from './keeper.ts';
export { keptGeneration, type GenerationStart, type KeptGeneration } from './kept-generation.ts';
