import type { Watched } from '../contract/watcher.ts';
import { count, duration, percent, threeDigits } from './format.ts';

/** A value of what is watched as people read it: cost and latency are watched as logarithms. */
export function watchedText(kind: Watched['kind'], value: number): string {
  switch (kind) {
    case 'failures':
    case 'cause':
    case 'novelty':
      return percent(value);
    case 'cost':
      return `$${threeDigits(Math.exp(value))}`;
    case 'latency':
      return duration(Math.exp(value));
    case 'traffic':
      return count(Math.round(value));
    case 'score':
    case 'sources':
    case 'versions':
      return threeDigits(value);
    default: {
      const never: never = kind;
      return never;
    }
  }
}
