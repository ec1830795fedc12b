/** Lets a few in at a time, in order of asking. */
export interface Turns {
  /** Resolves with the function that gives the turn back. */
  take(): Promise<() => void>;
}

export function turns(most: number): Turns {
  let taken = 0;
  const waiting: (() => void)[] = [];
  const give = (): void => {
    const next = waiting.shift();
    if (next === undefined) taken--;
    else next();
  };
  return {
    async take() {
      if (taken < most) taken++;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return give;
    },
  };
}
