import { modelSpec } from './model-spec.ts';

/** Whether a spec names a model of an endpoint or a provider; the library knows other embedders by name. */
export const namesModel = (spec: string): boolean =>
  !spec.startsWith('transformers:') && modelSpec(spec) !== null;
