// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { agreement } from './agreement.ts';
export { codeGroups } from './axial-coding.ts';
export {
  changeTaxonomy,
  redefined,
  replaceTaxonomy,
  undoTaxonomyChange,
} from './change-taxonomy.ts';
export { peopleAndJudge } from './people-and-judge.ts';
export { decidedCauses, type ProposalFigures, proposalFigures } from './proposal-figures.ts';
export { saturation } from './saturation.ts';
export { STARTERS } from './starters/starters.ts';
export { parseTaxonomy, taxonomyYaml } from './taxonomy-file.ts';
export { taxonomyWarnings } from './taxonomy-warnings.ts';
