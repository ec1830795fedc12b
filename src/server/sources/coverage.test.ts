import { expect, test } from 'vitest';
import { coverage } from './coverage.ts';

test('whatever does not get to the next stage has a reason', () => {
  const stages = coverage({
    received: 100,
    rejected: { broken_json: 2, bad_span: 1 },
    ...{ openTraces: 4, broken: 1, spanless: 3 },
    funnel: { traces: 20, eligible: 18, failed: 5, suspects: 2 },
    analyzed: [
      { name: 'eligible', count: 18, dropped: [] },
      { name: 'sampled', count: 5, dropped: [] },
      { name: 'clustered', count: 4, dropped: [{ reason: 'too few alike', count: 1 }] },
    ],
  });
  expect(stages).toEqual([
    { name: 'received', unit: 'records', count: 103, dropped: [] },
    {
      name: 'accepted',
      unit: 'records',
      count: 100,
      dropped: [
        { reason: 'broken_json', count: 2 },
        { reason: 'bad_span', count: 1 },
      ],
    },
    {
      name: 'stored',
      unit: 'traces',
      count: 20,
      dropped: [
        { reason: 'still arriving', count: 4 },
        { reason: 'could not be assembled', count: 1 },
        { reason: 'no span', count: 3 },
      ],
    },
    {
      name: 'eligible',
      unit: 'traces',
      count: 18,
      dropped: [{ reason: 'nothing recorded to examine', count: 2 }],
    },
    {
      name: 'failed',
      unit: 'traces',
      count: 5,
      dropped: [
        { reason: 'suspect, but nothing says that they failed', count: 2 },
        { reason: 'no sign of failure', count: 11 },
      ],
    },
    { name: 'sampled', unit: 'traces', count: 5, dropped: [] },
    {
      name: 'clustered',
      unit: 'traces',
      count: 4,
      dropped: [{ reason: 'too few alike', count: 1 }],
    },
  ]);
});
