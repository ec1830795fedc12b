import { expect, test } from 'vitest';
import type { Trace } from '../../contract/trace.ts';
import { makeTrace } from '../../testing/trace.ts';
import { whoDiffers } from './who-differs.ts';

const GERMAN = 'Wie kann ich das Paket an einen anderen Ort liefern lassen?';
const ENGLISH = 'How can I have the parcel delivered to another place, please?';

const traces = (count: number, of: (row: number) => Partial<Trace>): readonly Trace[] =>
  Array.from({ length: count }, (_, row) => makeTrace({ id: `t${row}`, ...of(row) }));

test('the tenant that most members have and few passing traces is named', () => {
  const members = traces(30, (row) => ({ tenant: row < 27 ? 'acme' : 'other' }));
  const passing = traces(100, (row) => ({ tenant: row < 12 ? 'acme' : 'other' }));
  expect(whoDiffers(members, passing)).toEqual([
    'Tenant `acme`: 90% of these failures, 12% of passing traces',
  ]);
  expect(whoDiffers(members, members)).toEqual([]);
});

test('the language is the recorded one, else whether the request is English', () => {
  const passing = traces(60, () => ({ input: ENGLISH }));
  expect(
    whoDiffers(
      traces(20, () => ({ input: GERMAN })),
      passing,
    ),
  ).toEqual(['Language other than English: 100% of these failures, 0% of passing traces']);
  expect(
    whoDiffers(
      traces(20, () => ({ input: 'Ja', metadata: { language: 'de' } })),
      passing,
    ),
  ).toEqual(['Language `de`: 100% of these failures, 0% of passing traces']);
});

test('nothing is said of attributes that were not recorded, or of short requests', () => {
  expect(
    whoDiffers(
      traces(20, () => ({ input: 'Ja' })),
      traces(60, () => ({ input: 'Yes' })),
    ),
  ).toEqual([]);
});
