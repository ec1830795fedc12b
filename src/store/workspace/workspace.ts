export type {
  AnnotationStore,
  AnnotationUndo,
  AnswerResult,
  NewItem,
  NextTaxonomy,
} from './annotation/annotation-store.ts';
// biome-ignore lint/performance/noBarrelFile: other modules enter here
export {
  type Act,
  areDecided,
  changedBy,
  type DecisionLog,
  inverse,
  type UndoResult,
  type ValueAt,
} from './decision-log.ts';
export { openWorkspace } from './open-workspace.ts';
export {
  DEFAULT_SETTINGS,
  type Deploy,
  type Key,
  type Project,
  type ProjectSettings,
  SCOPES,
  type Scope,
  type StoredAnalysis,
  type Workspace,
} from './workspace-types.ts';
