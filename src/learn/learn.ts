// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { learnTraces } from './learn-traces.ts';
export { parseLearnedModel } from './parse-model.ts';
export { scoreTraces } from './score-traces.ts';
