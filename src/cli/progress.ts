import type { Progress } from '../contract/progress.ts';
import { bytes, duration, percent } from '../text/format.ts';

export interface ProgressBar {
  readonly update: Progress;
  readonly stop: () => void;
}

type Step = Parameters<Progress>[0];

const DOING: Readonly<Record<Step, string>> = {
  collect: 'reading traces',
  detect: 'detecting failures',
  judge: 'asking the model',
  embed: 'embedding failures',
  group: 'clustering',
  label: 'naming causes',
};

/** Usual shares of the time, measured from 2,600 to 98,600 traces. A model takes the time that it takes. */
const SHARES: Readonly<Record<Step, number>> = {
  collect: 0.35,
  detect: 0.4,
  judge: 0,
  embed: 0.04,
  group: 0.17,
  label: 0.04,
};
const STEPS = Object.keys(SHARES) as readonly Step[];

const FRAME_MS = 80;
/** Before this, nothing can be said of the time left. */
const SETTLED_MS = 2_000;

/**
 * A spinner with the step, its share and the time left on the stream. Says nothing, and loads nothing, where the
 * stream is no terminal.
 */
export async function progressBar(
  stream: NodeJS.WriteStream,
  hasJudge: boolean,
): Promise<ProgressBar> {
  if (!stream.isTTY) return { update: () => {}, stop: () => {} };
  const { default: ora } = await import('ora');
  const spinner = ora({ stream, discardStdin: false });
  const text = progressText(hasJudge);
  let shown = 0;
  return {
    update: (step, done, total) => {
      const now = performance.now();
      if (now - shown < FRAME_MS) return;
      shown = now;
      spinner.text = text(step, done, total, now);
      if (!spinner.isSpinning) spinner.start();
      spinner.render();
    },
    stop: () => {
      spinner.stop();
    },
  };
}

/** `4/5 clustering 40%, about 20 s left`; `now` in milliseconds, from the first call on. */
export function progressText(
  hasJudge: boolean,
): (step: Step, done: number, total: number | null, now: number) => string {
  const steps = STEPS.filter((step) => step !== 'judge' || hasJudge);
  let began: number | null = null;
  let current: { readonly step: Step; readonly since: number } | null = null;
  return (step, done, total, now) => {
    began ??= now;
    if (current?.step !== step) current = { step, since: now };
    const head = `${steps.indexOf(step) + 1}/${steps.length} ${DOING[step]}`;
    if (total === null || total === 0)
      return step === 'collect' || step === 'detect' ? `${head} ${bytes(done)}` : head;
    const share = Math.min(1, done / total);
    const left =
      step === 'judge' || began === null
        ? leftOf(now - current.since, share)
        : leftOf(now - began, before(step) + SHARES[step] * share);
    return `${head} ${percent(Math.floor(100 * share) / 100)}${left}`;
  };
}

const before = (step: Step): number =>
  STEPS.slice(0, STEPS.indexOf(step)).reduce((sum, each) => sum + SHARES[each], 0);

function leftOf(elapsed: number, share: number): string {
  if (elapsed < SETTLED_MS || share <= 0 || share >= 1) return '';
  const milliseconds = (elapsed * (1 - share)) / share;
  const rounded = milliseconds < 10_000 ? 1_000 : milliseconds < 60_000 ? 5_000 : 30_000;
  const seconds = Math.max(1, Math.round(milliseconds / rounded) * (rounded / 1_000));
  return `, about ${duration(1_000 * seconds).replace(/\.0(?=\s)/, '')} left`;
}
