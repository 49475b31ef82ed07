/** Several models, tasks and samples at once. See docs/models.md. */
export { lineUp, parametersText } from './lineup.ts';
export { payFrom, type Amount } from './purse.ts';
export { BatchRunner, type BatchParts, type BatchState, type CellRequest } from './runner.ts';
export {
  batch,
  planBatch,
  progressOf,
  type Batch,
  type BatchCell,
  type BatchModel,
  type BatchPlan,
  type BatchProgress,
} from './state.ts';
export { rowCells, rowHeader, rowsOf } from './table.ts';
