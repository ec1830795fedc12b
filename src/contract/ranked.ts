/** A cluster's size, worth and place. */
export interface Ranked {
  /** Position in the input. */
  readonly cluster: number;
  /** 1 is first. */
  readonly rank: number;
  readonly size: number;
  readonly population: number;
  readonly share: number;
  readonly shareInterval: readonly [number, number];
  readonly ratePerThousand: number;
  readonly rateInterval: readonly [number, number];
  readonly severity: number;
  readonly fixCost: number;
  readonly priority: number;
  readonly topThree: number;
}
