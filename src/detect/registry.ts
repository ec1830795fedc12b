import type { Detector } from './detector.ts';

/** Every detector, in the order in which their signals are listed. Add a new one here. */
export const detectors: readonly Detector[] = [];
