import { expect, test } from 'vitest';
import type { ValueTraffic } from '../../store/telemetry/telemetry.ts';
import { comparisonChoices } from './choices.ts';

const JUNE = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;

const seen = (value: string, from: number, to: number, eligible: number): ValueTraffic => ({
  ...{ value, first: JUNE + from * DAY, last: JUNE + to * DAY },
  ...{ traces: eligible, eligible, failed: 0 },
});

const TRAFFIC: Readonly<Record<string, readonly ValueTraffic[]>> = {
  promptVersion: [
    seen('v1', 0, 5, 900),
    seen('v3', 9, 11, 20),
    seen('v2', 5, 11, 800),
    seen('', 0, 11, 5),
  ],
  release: [seen('1.0', 0, 11, 40), seen('', 0, 11, 1_600)],
  day: [seen('2026-06-01', 0, 0.9, 100), seen('2026-06-12', 11, 11.9, 100)],
  environment: [seen('production', 0, 11, 1_500), seen('staging', 0, 11, 100)],
  tenant: [seen('acme', 0, 11, 10), seen('', 0, 11, 1_590)],
};

const choicesAt = (now: number) =>
  comparisonChoices({ trafficBy: async (_, facet) => TRAFFIC[facet] ?? [] }, { project: 'p' }, now);

test('the newest with enough traces is compared with the one before', async () => {
  const { usual, promptVersions, environments, tenants } = await choicesAt(JUNE + 12 * DAY);
  expect(promptVersions.map(({ value }) => value)).toEqual(['v3', 'v2', 'v1']);
  expect(usual.promptVersion).toEqual(['v1', 'v2']);
  expect(usual.release).toBeNull();
  expect(environments).toEqual(['production', 'staging']);
  expect(tenants).toEqual(['acme']);
});

test('the last seven days are compared with the seven before; of an old import, those up to its last day', async () => {
  expect((await choicesAt(JUNE + 13.5 * DAY)).usual.time).toEqual([
    '2026-06-01T00:00:00Z/2026-06-08T00:00:00Z',
    '2026-06-08T00:00:00Z/2026-06-15T00:00:00Z',
  ]);
  expect((await choicesAt(JUNE + 180 * DAY)).usual.time).toEqual([
    '2026-05-30T00:00:00Z/2026-06-06T00:00:00Z',
    '2026-06-06T00:00:00Z/2026-06-13T00:00:00Z',
  ]);
});
