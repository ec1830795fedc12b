// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { callOf } from './bounds.ts';
export { learnTraces } from './learn-traces.ts';
export { type Detection, parseLearnedModel } from './parse-model.ts';
export { scoreTraces } from './score-traces.ts';
export { traceScorer } from './trace-scorer.ts';
