// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { assigner, placer } from './assign.ts';
export { type FreshCause, keptIds } from './kept-ids.ts';
export {
  type ComparedFailure,
  keyOf,
  type Proposal,
  type ProposedPart,
  propose,
} from './propose.ts';
