import { expect, test } from 'vitest';
import { previousVersion, type TrafficSeen } from './previous-version.ts';
import {
  freshIn,
  LOOK_BACK,
  lackingOf,
  linesOf,
  type VersionCheck,
  type VersionSeen,
  withChecks,
} from './version-check.ts';

const NOW = Date.UTC(2026, 5, 20);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const traffic = (value: string, eligible: number, last = 0, failed = 10): TrafficSeen => ({
  ...{ value, last: NOW - last, traces: eligible, eligible, failed },
});
const seen = (value: string, first: number, eligible: number, more = {}): VersionSeen => ({
  ...{ ...traffic(value, eligible), environment: '', prompt: '', first: NOW - first },
  ...more,
});
const names = (versions: readonly { readonly value: string }[]): readonly string[] =>
  versions.map(({ value }) => value);

test('a version follows the one that carried the traffic, also beside a canary', () => {
  const before = [traffic('v1', 9_000, 2), traffic('canary', 300, 1)];
  const eve = [traffic('canary', 40, 1), traffic('v1', 900, 2)];
  expect(previousVersion({ before, eve, now: before }, 100)?.value).toBe('v1');
  // Rolled back: the old one runs on, and has by now what it needs.
  const now = [traffic('v1', 9_500), traffic('canary', 300)];
  expect(previousVersion({ before, eve, now }, 100)).toMatchObject({ eligible: 9_500 });
});

test('a version that nearly nobody saw is passed over; where all were, the eve decides', () => {
  const before = [traffic('v1', 900, DAY), traffic('broken', 30, 1)];
  const eve = [traffic('broken', 30, 1)];
  expect(previousVersion({ before, eve, now: before }, 100)?.value).toBe('v1');
  const few = [traffic('v1', 20, DAY), traffic('broken', 30, 1)];
  expect(previousVersion({ before: few, eve, now: few }, 100)?.value).toBe('broken');
  expect(previousVersion({ before: [], eve: [], now: few }, 100)).toBeNull();
});

test('versions of another environment or prompt are in another line', () => {
  const versions = [
    seen('3', DAY, 9, { environment: 'production', prompt: 'answer' }),
    seen('2', 2 * DAY, 9, { environment: 'production', prompt: 'answer' }),
    seen('3', DAY, 9, { environment: 'production', prompt: 'summary' }),
    seen('3', DAY, 9, { environment: 'staging', prompt: 'answer' }),
    seen('3', DAY, 9),
  ];
  expect(linesOf(versions).map(([line, of]) => [line, names(of)])).toEqual([
    [{ environment: 'production', prompt: 'answer' }, ['2', '3']],
    [{ environment: 'production', prompt: 'summary' }, ['3']],
    [{ environment: 'staging', prompt: 'answer' }, ['3']],
  ]);
  expect(linesOf([seen('3', DAY, 9)])).toHaveLength(1);
});

test('what was there before anybody looked is not new, nor is what comes back', () => {
  const look = { now: NOW, floor: 100, isFirstLook: true };
  const versions = [seen('v1', 3 * DAY, 500), seen('v2', 2 * DAY, 20), seen('v3', HOUR, 40)];
  const first = freshIn(versions, [], look);
  expect([names(first.fresh), names(first.known)]).toEqual([['v3'], ['v1', 'v2']]);
  expect(names(freshIn([seen('v1', HOUR, 500)], [], look).known)).toEqual(['v1']);

  const later = { ...look, isFirstLook: false };
  const old = seen('v0', LOOK_BACK + HOUR, 500);
  expect(names(freshIn([old, ...versions], [], later).fresh)).toEqual(['v1', 'v2', 'v3']);
  const check = (value: string, step: VersionCheck['step']): VersionCheck => ({
    ...{ environment: '', prompt: '', value, first: NOW, last: NOW, step },
  });
  const checks = [
    check('v1', { kind: 'known' }),
    check('v2', { kind: 'waiting', from: 'v1', lacks: '' }),
  ];
  const next = freshIn([old, ...versions], checks, later);
  expect([names(next.fresh), names(next.known)]).toEqual([['v2', 'v3'], ['v0']]);
  // Who gets little traffic waits for long.
  const waiting = [check('v0', { kind: 'waiting', from: null, lacks: '' })];
  expect(names(freshIn([old], waiting, later).fresh)).toEqual(['v0']);
});

test('of many that came at once, the last five are compared', () => {
  const many = Array.from({ length: 9 }, (_, at) => seen(`v${at}`, (9 - at) * HOUR, 500));
  const look = { now: NOW, floor: 100, isFirstLook: false };
  expect(names(freshIn(many, [], look).fresh)).toEqual(['v4', 'v5', 'v6', 'v7', 'v8']);
});

test('what is missing is said', () => {
  const at = { now: NOW, floor: 100 };
  const enough = seen('v2', 2 * HOUR, 100);
  expect(lackingOf(enough, traffic('v1', 100), at)).toBeNull();
  expect(lackingOf(seen('v2', 2 * HOUR, 99), traffic('v1', 100), at)).toBe('99 of 100 traces');
  expect(lackingOf(enough, traffic('v1', 12), at)).toBe('v1, the one before, has 12 of 100 traces');
  const none = { failed: 0 };
  expect(lackingOf(seen('v2', 2 * HOUR, 100, none), traffic('v1', 100, 0, 4), at)).toBe(
    '4 of 5 failures of both together',
  );
  expect(lackingOf(seen('v2', HOUR - 1, 100), traffic('v1', 100), at)).toBe(
    'it is not an hour old',
  );
});

test('a check takes the place of the one of the same version', () => {
  const check = (value: string, first: number, kind: 'known' | 'first'): VersionCheck => ({
    ...{ environment: '', prompt: '', value, first, last: first, step: { kind } },
  });
  const checks = withChecks([], [check('a', 1, 'known'), check('b', 2, 'known')]);
  expect(names(checks)).toEqual(['b', 'a']);
  const changed = withChecks(checks, [check('a', 1, 'first')]);
  expect(changed.map(({ value, step }) => [value, step.kind])).toEqual([
    ['b', 'known'],
    ['a', 'first'],
  ]);
  const many = Array.from({ length: 600 }, (_, at) => check(`v${at}`, at, 'known'));
  expect(withChecks([], many)).toHaveLength(500);
});
