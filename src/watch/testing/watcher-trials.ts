import { advance, newWatcherState, type WatchEvent, type Watching } from '../watchers/advance.ts';
import { DAY, HOUR, STRETCH } from '../watchers/series.ts';
import { WATCHING } from '../watchers/watching.ts';
import { SIMULATED_START, type SimulatedTraffic, simulatedSeries } from './simulated-series.ts';

/** Traffic that every method must be right about. */
export const TRAFFIC: readonly SimulatedTraffic[] = [
  { method: 'seasonal', days: 90, perHour: 60 },
  { method: 'binomial', days: 90, perHour: 600, rate: 0.1 },
  { method: 'ewma', days: 90, perHour: 100 },
  { method: 'cusum', days: 90, perHour: 100 },
];

/** Share of watchers with more than one incident while nothing changes. */
export function falseAlarms(traffic: SimulatedTraffic, trials: number): number {
  const isWrong = (trial: number): boolean => openings(traffic, trial).length > 1;
  return shareOf(trials, isWrong);
}

/** Share of trials in which there is no alert within so many hours after the values became `factor` times as high. */
export function missedSteps(
  traffic: SimulatedTraffic,
  {
    trials,
    factor,
    hours,
  }: { readonly trials: number; readonly factor: number; readonly hours: number },
): number {
  return shareOf(trials, (trial) => {
    const at = 30 * DAY + Math.floor((trial / trials) * 7 * DAY);
    const days = Math.ceil((at + hours * HOUR) / DAY) + 1;
    const began = SIMULATED_START + at * STRETCH;
    return !openings({ ...traffic, days, step: { at, factor } }, 1000 + trial).some(
      (event) => event.at > began && event.at <= began + hours * HOUR * STRETCH,
    );
  });
}

const openings = (traffic: SimulatedTraffic, seed: number): readonly WatchEvent[] => {
  const watching: Watching = { ...WATCHING, method: traffic.method, direction: 'up' };
  const series = simulatedSeries(traffic, seed);
  const start = newWatcherState(SIMULATED_START);
  const { events } = advance(watching, series, start, Number.POSITIVE_INFINITY);
  return events.filter(({ kind }) => kind === 'opened');
};

const shareOf = (trials: number, is: (trial: number) => boolean): number =>
  Array.from({ length: trials }, (_, trial) => is(trial)).filter(Boolean).length / trials;
