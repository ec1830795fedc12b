import { expect, test } from 'vitest';
import type { PairRow, PairStep } from '../../../contract/report.ts';
import type { EvidencePlace, PlacedEvidence } from './evidence.ts';
import { stepMarks } from './step-marks.ts';

const step = (kind: PairStep['kind'], message: number | null): PairStep => ({
  kind,
  tool: kind === 'tool' ? 'refund' : null,
  text: '',
  result: null,
  failed: false,
  message,
});
const row = (failing: PairStep | null): PairRow => ({ failing, passing: null, isSame: false });
const rows = [row(step('user', 1)), row(step('tool', 2)), row(null), row(step('assistant', 5))];
const piece = (quote: string, place: EvidencePlace): PlacedEvidence => ({
  evidence: { spanId: null, path: '', quote },
  place,
});

test('each quote is marked in its step: an argument in the call, a result in the result', () => {
  const marks = stepMarks(rows, [
    piece('asked', { kind: 'content', message: 1 }),
    piece('7', { kind: 'call', message: 2, call: 0, keys: ['arguments', 'id'] }),
    piece('"error":"gone"', { kind: 'content', message: 3 }),
    piece('sorry', { kind: 'content', message: 5 }),
    piece('nowhere', { kind: 'elsewhere' }),
  ]);
  expect(marks).toEqual([
    { text: [{ number: 0, quote: 'asked' }], result: [] },
    { text: [{ number: 1, quote: '7' }], result: [{ number: 2, quote: 'error: "gone"' }] },
    { text: [], result: [] },
    { text: [{ number: 3, quote: 'sorry' }], result: [] },
  ]);
});
