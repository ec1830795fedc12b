/** Told where a long run is. `total` is null while unknown; units are the step's own (bytes, traces, points). */
export type Progress = (step: StepName, done: number, total: number | null) => void;

type StepName = 'collect' | 'detect' | 'judge' | 'embed' | 'group' | 'label';
