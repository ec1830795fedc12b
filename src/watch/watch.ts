// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { compareAgainst } from './compare/against.ts';
export { compareSides } from './compare/compare.ts';
export { checkRequest, frozenOptions } from './diff-request.ts';
export { type DriftTrace, type Shift, shiftsOf } from './mix/drift.ts';
export { type Proof, proofOf } from './proof/proof.ts';
export { attributeName } from './sides/groups.ts';
export { type Sides, sidesBy, sidesOfFiles } from './sides/sides.ts';
export { aloneTraces } from './tenants/alone.ts';
export { countedDays } from './trend/counted-days.ts';
export { countedMeans, countedScores } from './trend/counted-scores.ts';
export { EVE, previousVersion } from './versions/previous-version.ts';
export {
  freshIn,
  LOOK_BACK,
  lackingOf,
  linesOf,
  sameLine,
  type VersionCheck,
  type VersionLine,
  type VersionSeen,
  type VersionsState,
  withChecks,
} from './versions/version-check.ts';
export { tenantsIn, trendIn } from './views.ts';
export {
  advance,
  MEMORY,
  newWatcherState,
  type WatchEvent,
  type WatcherState,
} from './watchers/advance.ts';
export { decomposeMean } from './watchers/decompose-mean.ts';
export { defaultWatchers } from './watchers/default-watchers.ts';
export { alertHeadline } from './watchers/headline.ts';
export { hourlyValues, pastIncidents } from './watchers/past-incidents.ts';
export { STRETCH, seriesOf } from './watchers/series.ts';
export { parseWatchers, watcherIdSchema, watchersYaml } from './watchers/watcher-file.ts';
export { watchingOf } from './watchers/watching.ts';
