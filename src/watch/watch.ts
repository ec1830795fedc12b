// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { type CompareOptions, compareSides } from './compare/compare.ts';
export { type Sides, type SidesBy, sidesBy, sidesOfFiles } from './sides/sides.ts';
