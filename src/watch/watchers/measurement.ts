import type { WatchDirection } from '../../contract/watcher.ts';

/** How far what a watcher sees is from what is usual for it. */
export type Measurement =
  | {
      readonly kind: 'measured';
      /** 1 is where an alert begins, 0 what is usual. */
      readonly level: number;
      /** In the last hour: a count, a rate from 0 to 1, or a mean. */
      readonly value: number;
      readonly usual: number;
    }
  /** Too little history to know what is usual. */
  | { readonly kind: 'learning' }
  /** Too little happened to say anything. */
  | { readonly kind: 'too few'; readonly isEmpty: boolean }
  /** Nothing ever differed: it says nothing. */
  | { readonly kind: 'constant' }
  /** Values that came until now come no more. */
  | { readonly kind: 'stopped'; readonly usual: number }
  /** Values that differed are all the same for a day: a judge that goes blind looks like this. */
  | { readonly kind: 'blind'; readonly value: number; readonly usual: number };

/** The distance in the direction that counts, in standard deviations. */
export const towards = (z: number, direction: WatchDirection): number =>
  direction === 'up' ? z : direction === 'down' ? -z : Math.abs(z);

/** Deviations from what is usual at which an alert begins, of one hour and of six; both must be exceeded. */
export interface Thresholds {
  readonly short: number;
  readonly long: number;
}

/** Fewer events in six hours, or exposures of a rate or a level, do not show anything. */
export const FLOOR = 20;
