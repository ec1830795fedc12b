import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenedStore, SignalRow } from '../../src/store/telemetry/telemetry.ts';
import { traceRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestStore, testStore } from './test-store.ts';

describeStore('a trace that is judged again', () => {
  let opened: TestStore;
  let store: OpenedStore;
  beforeAll(async () => {
    opened = await testStore();
    ({ store } = opened);
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  test('of two rows of one version the later counts, and of a late span whatever comes later', async () => {
    const project = 'again';
    const row = (version: number, detectorVersion: string, failed: boolean) =>
      traceRow({ project, traceId: 'a', version, detectorVersion, failed });
    const signal = (detector: string, detectorVersion: string): SignalRow => ({
      ...{ project, traceId: 'a', anchor: row(1, '', true).anchor, detector, detectorVersion },
      ...{
        verdict: 'yes',
        spanId: '',
        path: '',
        quote: '',
        version: 1,
        expires: row(1, '', true).expires,
      },
      environment: '',
    });
    const shown = async () => {
      const trace = (await store.traceOf(project, 'a'))!;
      const [listed] = (await store.newest({ project }, { limit: 9 })).items;
      expect(listed).toEqual(trace);
      const signals = await store.signalsOf(trace);
      return [trace.version, trace.failed, signals.map(({ detector }) => detector)];
    };
    await store.insert({ traces: [row(1, 'x', true)], signals: [signal('old', 'x')] });
    await store.insert({ traces: [row(1, 'y', false)], signals: [signal('new', 'y')] });
    expect(await shown()).toEqual([1, false, ['new']]);
    await store.insert({ traces: [row(2, 'y', true)] });
    await store.insert({ traces: [row(1, 'z', false)] });
    expect(await shown()).toEqual([2, true, []]);
  });
});
