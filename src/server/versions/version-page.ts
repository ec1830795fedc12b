import type { Interval } from '../../contract/interval.ts';
import type { TrendRelease, TrendScore } from '../../contract/trend.ts';
import type { VersionDimension } from '../../contract/watcher.ts';
import { wilson } from '../../numeric/statistics/wilson.ts';
import { countedRate, perThousand } from '../../rate/rate.ts';
import type {
  ScoreSums,
  TelemetryStore,
  TimeFacet,
  TraceFilter,
  VersionTraffic,
} from '../../store/telemetry/telemetry.ts';
import type { Deploy } from '../../store/workspace/workspace.ts';
import { round } from '../../text/round.ts';
import { countedMeans, countedScores } from '../../watch/watch.ts';
import { wentLive } from './went-live.ts';

/** What the page of versions shows of the traffic. */
interface VersionPage {
  readonly environments: readonly string[];
  /** Names of prompts; of these, the page is about one. */
  readonly prompts: readonly string[];
  readonly prompt: string | null;
  readonly unit: TimeFacet;
  /** Beginnings of the days or hours, without gaps. */
  readonly starts: readonly number[];
  /** The first to appear first; at most 30. */
  readonly versions: readonly VersionRow[];
  /** Traces of each day or hour that are of no version shown. */
  readonly others: readonly number[];
  readonly releases: readonly TrendRelease[];
  /** Over time. */
  readonly scores: readonly TrendScore[];
  /** By version, in their order. */
  readonly means: readonly { readonly name: string; readonly cells: TrendScore['cells'] }[];
  /** Detectors: of each version, the share of the traces in which it found nothing. */
  readonly detectors: readonly {
    readonly detector: string;
    readonly cells: readonly PassCell[];
  }[];
}

interface VersionRow {
  readonly value: string;
  readonly first: number;
  readonly last: number;
  readonly traces: number;
  readonly eligible: number;
  readonly failed: number;
  /** Failures per 1,000 traces. */
  readonly rate: number;
  readonly interval: Interval;
  /** Traces of each day or hour. */
  readonly traffic: readonly number[];
}

interface PassCell {
  /** Traces in which it found something, of those that can be judged. */
  readonly found: number;
  readonly among: number;
  /** Null without traces. */
  readonly passShare: number | null;
  readonly interval: Interval | null;
}

const WIDTHS: Readonly<Record<TimeFacet, number>> = { day: 86_400_000, hour: 3_600_000 };
const MOST_VERSIONS = 30;
const MOST_DAYS = 90;
const MOST_SCORES = 20;
const MOST_DETECTORS = 20;
/** Below as many days, hours show more. */
const FEWEST_DAYS = 3;

type Store = Pick<TelemetryStore, 'versions' | 'versionsOverTime' | 'scoreSums' | 'signalsBy'>;

/** @param filter the project, perhaps an environment, a tenant and the name of a prompt */
export async function versionPage(
  store: Store,
  { promptName, ...filter }: TraceFilter,
  by: VersionDimension,
  deploys: readonly Deploy[],
): Promise<VersionPage> {
  const { environment: _, ...anywhere } = filter;
  const everywhere = await store.versions(anywhere, by);
  const seen = await store.versions(filter, by);
  const prompts = by === 'release' ? [] : mostFirst(seen, ({ prompt }) => prompt);
  // Versions of two prompts have nothing to do with each other.
  const prompt = by === 'release' ? null : (promptName ?? prompts[0] ?? null);
  const own =
    prompt === null || prompts.length < 2 ? seen : seen.filter((each) => each.prompt === prompt);
  const all = { ...filter, ...(own !== seen && prompt !== '' && { promptName: prompt! }) };
  const shown = joined(own)
    .slice(0, MOST_VERSIONS)
    .toSorted((a, b) => a.first - b.first);
  const { unit, starts } = timesOf(shown);
  const base = {
    environments: mostFirst(everywhere, ({ environment }) => environment).filter(Boolean),
    ...{ prompts, prompt: prompts.length < 2 ? null : prompt, unit, starts },
  };
  const [from, to] = [starts[0] ?? 0, (starts.at(-1) ?? 0) + WIDTHS[unit]];
  const timed = { ...all, from, to };
  const other = by === 'release' ? 'promptVersion' : 'release';
  const [traffic, overTime, sums, signals, others] = await Promise.all([
    store.versionsOverTime(timed, by, unit),
    store.scoreSums(timed, unit),
    store.scoreSums(all, by),
    store.signalsBy(all, by),
    store.versions(all, other),
  ]);
  const at = (start: number): number => Math.round((start - from) / WIDTHS[unit]);
  const countsOf = (isCounted: (value: string) => boolean): readonly number[] => {
    const counts = starts.map(() => 0);
    for (const each of traffic)
      if (isCounted(each.value) && counts[at(each.start)] !== undefined)
        counts[at(each.start)]! += each.traces;
    return counts.map(Math.round);
  };
  const values = new Set(shown.map(({ value }) => value));
  const live = wentLive(deploys, filter, {
    ...({ [by]: joined(own), [other]: joined(others) } as Record<
      VersionDimension,
      VersionTraffic[]
    >),
  });
  const releases = live
    .map((each) => ({ ...each, group: Math.floor((each.time - from) / WIDTHS[unit]) }))
    .filter(({ group }) => group >= 0 && group < starts.length)
    .toSorted((a, b) => a.time - b.time);
  const names = mostFirst(
    sums,
    ({ score }) => score,
    ({ count }) => count,
  ).slice(0, MOST_SCORES);
  const sumOf = (rows: readonly ScoreSums[], score: string, value: string) =>
    rows.find((each) => each.score === score && each.value === value) ?? null;
  return {
    ...base,
    versions: shown.map((version) =>
      rowOf(
        version,
        countsOf((value) => value === version.value),
      ),
    ),
    others: countsOf((value) => !values.has(value)),
    releases,
    scores: countedScores(
      names.map((name) => ({
        name,
        groups: starts.map((start) => sumOf(overTime, name, String(start))),
      })),
      { unit, starts, releases: releases.filter(({ group }) => group > 0) },
    ),
    means: names.map((name) => ({
      name,
      cells: countedMeans(shown.map(({ value }) => sumOf(sums, name, value))),
    })),
    detectors: mostFirst(
      signals,
      ({ signal }) => signal,
      ({ traces }) => traces,
    )
      .slice(0, MOST_DETECTORS)
      .map((detector) => ({
        detector,
        cells: shown.map(({ value, eligible }) =>
          passCell(
            signals.find((each) => each.signal === detector && each.value === value)?.traces ?? 0,
            eligible,
          ),
        ),
      })),
  };
}

/** Each version once, those with most traces first. */
const joined = (seen: readonly VersionTraffic[]): VersionTraffic[] =>
  [...Map.groupBy(seen, ({ value }) => value).values()]
    .map((rows) => {
      const sum = (of: (row: VersionTraffic) => number): number =>
        rows.reduce((total, row) => total + of(row), 0);
      return {
        ...rows[0]!,
        traces: sum(({ traces }) => traces),
        eligible: sum(({ eligible }) => eligible),
        failed: sum(({ failed }) => failed),
        first: Math.min(...rows.map(({ first }) => first)),
        last: Math.max(...rows.map(({ last }) => last)),
      };
    })
    .sort((a, b) => b.traces - a.traces);

/** Names, those with most traces first. */
function mostFirst<Row>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  weightOf: (row: Row) => number = (row) => (row as VersionTraffic).traces,
): readonly string[] {
  return [...Map.groupBy(rows, nameOf)]
    .map(([name, all]) => ({ name, weight: all.reduce((sum, row) => sum + weightOf(row), 0) }))
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/** Days up to the last trace, or hours where there are few days. */
function timesOf(versions: readonly VersionTraffic[]): Pick<VersionPage, 'unit' | 'starts'> {
  if (versions.length === 0) return { unit: 'day', starts: [] };
  const last = Math.max(...versions.map((each) => each.last));
  const first = Math.min(...versions.map((each) => each.first));
  const unit = last - first < FEWEST_DAYS * WIDTHS.day ? 'hour' : 'day';
  const end = Math.floor(last / WIDTHS[unit]);
  const begin = Math.max(Math.floor(first / WIDTHS[unit]), end - MOST_DAYS + 1);
  const starts = Array.from({ length: end - begin + 1 }, (_, nth) => (begin + nth) * WIDTHS[unit]);
  return { unit, starts };
}

function rowOf(
  { value, first, last, traces, eligible, failed }: VersionTraffic,
  traffic: readonly number[],
): VersionRow {
  const { rate, interval } = perThousand(countedRate(Math.round(failed), Math.round(eligible)));
  return {
    ...{ value, first, last, traffic },
    ...{ traces: Math.round(traces), eligible: Math.round(eligible), failed: Math.round(failed) },
    ...{ rate: round(rate), interval: [round(interval[0]), round(interval[1])] },
  };
}

function passCell(found: number, eligible: number): PassCell {
  const among = Math.round(eligible);
  const seen = Math.min(Math.round(found), among);
  if (among === 0) return { found: seen, among, passShare: null, interval: null };
  const passShare = 1 - seen / among;
  const [low, high] = wilson(passShare, among);
  return { found: seen, among, passShare: round(passShare), interval: [round(low), round(high)] };
}
