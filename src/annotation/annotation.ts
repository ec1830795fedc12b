// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { type Agreement, type Answer, agreement, LEAST_ITEMS, type Standing } from './agreement.ts';
export {
  type CategoryLabel,
  type ChangedTaxonomy,
  changeTaxonomy,
  type LabelMove,
  redefined,
  replaceTaxonomy,
  undoTaxonomyChange,
} from './change-taxonomy.ts';
export { type JudgedTrace, type PeopleAndJudge, peopleAndJudge } from './people-and-judge.ts';
export { type Saturation, saturation } from './saturation.ts';
export { STARTERS, type StarterName } from './starters/starters.ts';
export { parseTaxonomy, taxonomyYaml } from './taxonomy-file.ts';
export { type TaxonomyWarning, taxonomyWarnings } from './taxonomy-warnings.ts';
