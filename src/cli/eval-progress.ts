import { count, dollars, duration } from '../text/format.ts';

export interface EvalProgress {
  readonly update: (
    done: number,
    total: number,
    spent: { readonly tokens: number; readonly dollars: number },
  ) => void;
  readonly stop: () => void;
}

const FRAME_MS = 80;

/** How many attempts are made, what is left, and what they cost so far. Says nothing where the stream is no terminal. */
export async function evalProgress(stream: NodeJS.WriteStream): Promise<EvalProgress> {
  if (!stream.isTTY) return { update: () => {}, stop: () => {} };
  const { default: ora } = await import('ora');
  const spinner = ora({ stream, discardStdin: false });
  const [began, text] = [performance.now(), progressLine()];
  let shown = 0;
  return {
    update: (done, total, spent) => {
      const now = performance.now();
      if (now - shown < FRAME_MS) return;
      shown = now;
      spinner.text = text(done, total, spent, now - began);
      if (!spinner.isSpinning) spinner.start();
      spinner.render();
    },
    stop: () => {
      spinner.stop();
    },
  };
}

/** `120 of 600 attempts, about 2 min left, 0.12 USD so far, about 0.60 in all`. The first call sets where it began. */
export function progressLine(): (
  done: number,
  total: number,
  spent: { readonly tokens: number; readonly dollars: number },
  elapsed: number,
) => string {
  let first: number | null = null;
  return (done, total, spent, elapsed) => {
    first ??= done - 1;
    const made = done - first;
    const left = total - done;
    const time = left > 0 ? [`about ${duration((elapsed / made) * left)} left`] : [];
    const cost =
      spent.dollars > 0
        ? [
            `${dollars(spent.dollars)} so far, about ${dollars((spent.dollars / done) * total)} in all`,
          ]
        : spent.tokens > 0
          ? [
              `${count(spent.tokens)} tokens so far, about ${count((spent.tokens / done) * total)} in all`,
            ]
          : [];
    return [`${count(done)} of ${count(total)} attempts`, ...time, ...cost].join(', ');
  };
}
