import type { Progress } from '../contract/progress.ts';
import { bytes } from '../text/format.ts';

export interface ProgressBar {
  readonly update: Progress;
  readonly stop: () => void;
}

const DOING = {
  collect: 'reading traces',
  detect: 'detecting failures',
  judge: 'asking the model',
  embed: 'embedding failures',
  group: 'clustering',
  label: 'naming causes',
} as const;

const FRAME_MS = 80;

/** A spinner with a percentage on the stream; says nothing, and loads nothing, where the stream is no terminal. */
export async function progressBar(stream: NodeJS.WriteStream): Promise<ProgressBar> {
  if (!stream.isTTY) return { update: () => {}, stop: () => {} };
  const { default: ora } = await import('ora');
  const spinner = ora({ stream, discardStdin: false });
  let shown = 0;
  return {
    update: (step, done, total) => {
      const now = performance.now();
      if (now - shown < FRAME_MS) return;
      shown = now;
      const amount =
        total === null || total === 0
          ? step === 'collect' || step === 'detect'
            ? ` ${bytes(done)}`
            : ''
          : ` ${Math.min(100, Math.floor((100 * done) / total))}%`;
      spinner.text = `${DOING[step]}${amount}`;
      if (!spinner.isSpinning) spinner.start();
      spinner.render();
    },
    stop: () => {
      spinner.stop();
    },
  };
}
