import { expect, test } from 'vitest';
import { SIMULATED_START, simulatedSeries } from '../testing/simulated-series.ts';
import {
  advance,
  LONGEST_INCIDENT,
  MEMORY,
  newWatcherState,
  type WatchEvent,
  type WatcherState,
  type Watching,
} from './advance.ts';
import { DAY, HOUR, type Series, STRETCH, seriesOf } from './series.ts';
import { WATCHING } from './watching.ts';

const METHODS = ['seasonal', 'binomial', 'ewma', 'cusum'] as const;
const watching = (method: Watching['method']): Watching => ({
  ...WATCHING,
  ...{ method, direction: 'up' },
});
const fresh = newWatcherState(SIMULATED_START);
const stretchOf = (at: number): number => (at - SIMULATED_START) / STRETCH;

/** A part of a series, as a store that is asked for it would give it. */
function part(series: Series, from: number, to: number): Series {
  const values = (sums: Float64Array): number[] =>
    Array.from({ length: to - from }, (_, at) => sums[from + at + 1]! - sums[from + at]!);
  return seriesOf({
    start: series.start + from * STRETCH,
    exposures: values(series.exposures),
    totals: values(series.totals),
    squares: values(series.squares),
  });
}

test.each(METHODS)('%s: catching up gives the same as never having stopped', (method) => {
  const perHour = 60;
  const step = { at: 40 * DAY, factor: 4 };
  const series = simulatedSeries({ method, days: 60, perHour, rate: 0.05, step }, 1);
  const whole = advance(watching(method), series, fresh, Number.POSITIVE_INFINITY);
  expect(whole.events.map(({ kind }) => kind).slice(-2)).toEqual(['opened', 'unresolved']);

  let state: WatcherState = fresh;
  const events: WatchEvent[] = [];
  for (const to of [3, 50, 9 * DAY + 7, 40 * DAY + 30, 41 * DAY, 44 * DAY, 60 * DAY]) {
    const known = part(series, Math.max(0, stretchOf(state.until) - MEMORY), to);
    const stored = JSON.parse(JSON.stringify(state)) as WatcherState;
    const next = advance(watching(method), known, stored, Number.POSITIVE_INFINITY);
    events.push(...next.events);
    state = next.state;
  }
  expect(events).toEqual(whole.events);
  expect(state).toEqual(whole.state);
});

test('an incident that ends is resolved, and one that goes on for three days is how things are now', () => {
  const counts = (factorAt: (at: number) => number): Series => {
    const totals = Array.from({ length: 40 * DAY }, (_, at) => 10 * factorAt(at));
    return seriesOf({ start: SIMULATED_START, exposures: totals, totals });
  };
  const run = (series: Series) =>
    advance(watching('seasonal'), series, fresh, Number.POSITIVE_INFINITY);
  const from = 20 * DAY;
  const short = run(counts((at) => (at >= from && at < from + 5 * HOUR ? 3 : 1)));
  expect(short.events.map(({ kind }) => kind)).toEqual(['opened', 'resolved']);
  expect(short.state.standing.state).toBe('ok');
  const [opened, resolved] = short.events.map(({ at }) => (stretchOf(at) - from) / HOUR);
  expect(opened).toBeLessThanOrEqual(2);
  expect(resolved).toBeLessThanOrEqual(7);
  expect(short.events[1]?.incident).toMatchObject({ value: 360, usual: 120 });

  const long = run(counts((at) => (at >= from ? 3 : 1)));
  expect(long.events.map(({ kind }) => kind)).toEqual(['opened', 'unresolved']);
  expect((long.events[1]?.at ?? 0) - (long.events[0]?.at ?? 0)).toBe(LONGEST_INCIDENT);
  // A week later it is known that it stays so.
  expect(long.state.standing.state).toBe('ok');
});

test('an alert needs both windows: one odd hour in six is none', () => {
  const from = 20 * DAY;
  const totals = Array.from({ length: 30 * DAY }, (_, at) =>
    at >= from && at < from + 3 ? 25 : 10,
  );
  const series = seriesOf({ start: SIMULATED_START, exposures: totals, totals });
  const { events } = advance(watching('seasonal'), series, fresh, Number.POSITIVE_INFINITY);
  expect(events).toEqual([]);
});

/** A score of two values in turn until some day, then the same or none. */
function score(until: number, then: 'same' | 'none', days = 10): Series {
  const numbers = (value: (at: number) => number) =>
    Array.from({ length: days * DAY }, (_, at) => value(at));
  const exposures = numbers((at) => (at < until || then === 'same' ? 4 : 0));
  // Two of four are 1, then all are.
  const totals = numbers((at) => (at < until ? 2 : (exposures[at] ?? 0)));
  return seriesOf({ start: SIMULATED_START, exposures, totals, squares: totals });
}

test('a score that never differs says nothing, and nobody is told', () => {
  const run = advance(watching('ewma'), score(0, 'same'), fresh, Number.POSITIVE_INFINITY);
  expect(run.state.standing.state).toBe('uninformative');
  expect(run.events).toEqual([]);
});

test.each(['ewma', 'cusum'] as const)(
  '%s: a judge that stops, and one that goes blind',
  (method) => {
    const run = (series: Series) =>
      advance({ ...watching(method), direction: 'down' }, series, fresh, Number.POSITIVE_INFINITY);
    const from = 8 * DAY;
    const stopped = run(score(from, 'none'));
    expect(stopped.events).toMatchObject([{ kind: 'opened', incident: { why: 'stopped' } }]);
    expect((stretchOf(stopped.events[0]!.at) - from) / HOUR).toBeLessThanOrEqual(6);
    expect(stopped.state.standing.state).toBe('stopped');

    const blind = run(score(from, 'same'));
    expect(blind.events.at(0)).toMatchObject({
      kind: 'opened',
      incident: { why: 'blind', value: 1 },
    });
    expect((stretchOf(blind.events[0]!.at) - from) / HOUR).toBeLessThanOrEqual(24);
    expect(blind.state.standing.state).toBe('uninformative');
  },
);

test('a day without a rare failure is no blind judge, a day without a frequent one is', () => {
  // A verdict each quarter of an hour, of which so many fail until some day.
  const events = (failing: number, until: number) => {
    const isJudged = (at: number): boolean => at % 3 === 0;
    const fails = (at: number): boolean => at < until && at % (3 * failing) === 0;
    const all = Array.from({ length: 16 * DAY }, (_, at) => at);
    const exposures = all.map((at) => Number(isJudged(at)));
    const totals = all.map((at) => Number(isJudged(at) && !fails(at)));
    const series = seriesOf({ start: SIMULATED_START, exposures, totals, squares: totals });
    const way = { ...watching('cusum'), direction: 'down' } as const;
    return advance(way, series, fresh, Number.POSITIVE_INFINITY).events;
  };
  // 0.995 ** 96 = 0.62; 0.9 ** 96 = 0.00004.
  expect(events(200, 16 * DAY)).toEqual([]);
  expect(events(200, 12 * DAY)).toEqual([]);
  expect(events(10, 12 * DAY)[0]).toMatchObject({
    ...{ kind: 'opened', incident: { why: 'blind', value: 1 } },
  });
});

test('a few traces are no reason for an alert', () => {
  const exposures = Array.from({ length: 20 * DAY }, () => 5);
  const totals = exposures.map((_, at) => (at > 19 * DAY && at % 6 === 0 ? 1 : 0));
  const series = seriesOf({ start: SIMULATED_START, exposures, totals });
  const { events, state } = advance(watching('binomial'), series, fresh, Number.POSITIVE_INFINITY);
  expect(events).toEqual([]);
  expect(state.standing.state).toBe('warning');
});
