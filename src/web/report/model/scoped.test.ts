import { describe, expect, test } from 'vitest';
import { makeReport } from '../testing/make-report.ts';
import { bucketCounts, facetsOf, isInFacets, tracesIn } from './facets.ts';
import { leadOf } from './lead.ts';
import { buildModel } from './report-model.ts';
import { EVERYTHING, type Scope } from './scope.ts';
import { countScope, type Scoped } from './scoped.ts';

const model = buildModel(makeReport({ failures: 412 }));
const within = (part: Partial<Scope>): { scope: Scope; scoped: Scoped } => {
  const scope = { ...EVERYTHING, ...part };
  const keep = Uint8Array.from(model.failures, (failure) => (isInFacets(failure, scope) ? 1 : 0));
  return { scope, scoped: countScope(model, keep, tracesIn(model, scope)) };
};
const everything = countScope(model, null, null);

describe('everything', () => {
  test('has the recorded figures', () => {
    expect(everything.ranked.map(({ share }) => share)).toEqual(
      model.clusters.map(({ share }) => share),
    );
    expect(everything.alone).toEqual(model.noise);
  });

  test('the headline is the recorded one', () => {
    const lead = leadOf(model, everything, EVERYTHING);
    expect(lead.label).toBe('Fix first:');
    expect(lead.claim).toBe(model.clusters[0]?.title);
    expect(lead.counts).toMatch(/^\(\d+ of 1,030 failures, \d+–\d+%\)$/);
    expect(lead.change).toBe('v1 → v2: one new cause');
    expect(lead.rates).toBe('v2 fails in 27% of traces, v1 in 24%');
  });
});

describe('one version', () => {
  const { scope, scoped } = within({ promptVersion: 'v1' });
  const ofV1 = model.failures.filter(({ promptVersion }) => promptVersion === 'v1').length;

  test('counts its failures only', () => {
    expect(scoped.sampled).toBe(ofV1);
    expect(scoped.ranked.reduce((sum, { members }) => sum + members.length, 0)).toBe(
      ofV1 - scoped.alone.length,
    );
  });

  test('a cause that it does not have comes last, with zeros', () => {
    const last = scoped.ranked.at(-1);
    expect(last?.cluster.badges[0]?.text).toBe('only in v2');
    expect(last).toMatchObject({ population: 0, share: 0, rate: 0, priority: 0 });
  });

  test('rates are those of its traces', () => {
    const [first] = scoped.ranked;
    const traces = scoped.traces ?? 0;
    expect(first?.rate).toBeCloseTo((1000 * (first?.members.length ?? 0) * 2.5) / traces, 6);
  });

  test('the headline follows, and says that there is nothing to compare', () => {
    const lead = leadOf(model, scoped, scope);
    expect(lead.counts).toContain(`of ${Math.round(ofV1 * 2.5)} failures`);
    expect(lead.change).toBe('nothing to compare, one version is chosen');
    expect(lead.coverage).toMatch(/^[\d,]+ traces read/);
  });
});

test('a tenant compares the versions of its own traces', () => {
  const { scope, scoped } = within({ tenant: 'northwind' });
  const { change, rates } = leadOf(model, scoped, scope);
  expect(change).toBeNull();
  expect(rates).toMatch(/^v2 fails in \d+% of traces, v1 in \d+%$/);
});

test('a search speaks of what it found, not of what was read', () => {
  const keep = new Uint8Array(412);
  keep.fill(1, 0, 10);
  const scope = { ...EVERYTHING, query: 'refund' };
  const scoped = countScope(model, keep, tracesIn(model, scope));
  expect(leadOf(model, scoped, scope).coverage).toMatch(/^25 of 1,030 failures are shown/);
  expect(scoped.traces).toBe(tracesIn(model, EVERYTHING));
});

test('nothing found gives no cause to fix', () => {
  const scope = { ...EVERYTHING, query: 'nowhere' };
  const scoped = countScope(model, new Uint8Array(412), 100);
  const lead = leadOf(model, scoped, scope);
  expect(lead.first).toBeNull();
  expect(lead.title).toBe('Nothing matches in 100 traces');
});

test('a time counts by whole buckets, and its parts add up', () => {
  const { start, width, traces } = model.analysis.traffic.buckets ?? {
    start: 0,
    width: 1,
    traces: [],
  };
  const middle = start + 5 * width;
  const before = tracesIn(model, { ...EVERYTHING, to: middle }) ?? 0;
  const after = tracesIn(model, { ...EVERYTHING, from: middle }) ?? 0;
  expect(before).toBe(traces.slice(0, 5).reduce((sum, count) => sum + count, 0));
  expect(before + after).toBe(tracesIn(model, EVERYTHING));
  expect(within({ to: middle }).scoped.sampled + within({ from: middle }).scoped.sampled).toBe(412);
});

test('a value that the traffic does not tell apart has no rate', () => {
  const { scoped } = within({ tenant: 'unheard of' });
  expect(scoped.traces).toBeNull();
  expect(scoped.ranked[0]?.rate).toBeNull();
});

test('facets are those by which failures differ, most failures first', () => {
  expect(facetsOf(model).map(({ name }) => name)).toEqual(['promptVersion', 'tenant', 'signal']);
  const [versions] = facetsOf(model);
  expect(versions?.values.map(({ value }) => value)).toEqual(['v2', 'v1']);
});

test('buckets follow the values of the scope', () => {
  const v1 = bucketCounts(model, { ...EVERYTHING, promptVersion: 'v1' });
  const all = bucketCounts(model, EVERYTHING);
  expect(all.traces).toEqual(model.analysis.traffic.buckets?.traces);
  expect(v1.traces.slice(8)).toEqual(new Array(8).fill(0));
  expect(v1.traces.slice(0, 8)).toEqual(all.traces.slice(0, 8));
});

test('groups of all traces say how many failed, and nothing to fix', () => {
  const groups = buildModel(makeReport({ failures: 412, all: true }));
  const scoped = countScope(groups, null, null);
  const lead = leadOf(groups, scoped, EVERYTHING);
  expect(lead.title).toBe('1,030 traces in 5 groups');
  expect(`${lead.title} ${lead.worth} ${lead.coverage}`).not.toMatch(/fix|severity|cause/i);
  const half = new Uint8Array(412).fill(1, 0, 200);
  const [first] = countScope(groups, half, null).ranked;
  const members = (first?.members ?? []).map((i) => groups.failures[i]?.failed === true);
  expect(first?.failedShare).toBeCloseTo(members.filter(Boolean).length / members.length, 9);
});
