import { describe, expect, test } from 'vitest';
import { makeFailure } from '../testing/signal.ts';
import { assistant, call, makeSpan, makeTrace, user } from '../testing/trace.ts';
import { archiveOf } from './archive.ts';

describe('the archive of a report', () => {
  test('holds what was said and done in every failure, to search in', () => {
    const trace = makeTrace({
      model: 'Aster-2',
      messages: [
        { ...user('You are Nora'), role: 'system' },
        user('Where is my Chair?'),
        assistant('', call('track_parcel', { order_id: 'A-17' })),
      ],
      spans: [makeSpan({ toolCall: call('track_parcel', {}), toolResult: 'Damaged' })],
    });
    const [text] = archiveOf([makeFailure({ trace })], []).texts;
    for (const word of ['aster-2', 'where is my chair?', 'track_parcel', 'a-17', 'damaged'])
      expect(text).toContain(word);
    expect(text).not.toContain('nora');
  });

  test('stays bounded for any number of traces of any length', () => {
    const trace = makeTrace({
      messages: [user('x'.repeat(100_000)), assistant('y'.repeat(100_000))],
    });
    const failures = Array.from({ length: 3_000 }, () => makeFailure({ trace }));
    const { texts, raw } = archiveOf(
      failures,
      Array.from({ length: 1_000 }, () => trace),
    );
    const size = (all: readonly string[]): number =>
      all.reduce((sum, text) => sum + text.length, 0);
    expect(texts.length).toBe(3_000);
    expect(size(texts)).toBeLessThanOrEqual(4_000_000);
    expect(size(raw)).toBeLessThanOrEqual(8_010_000);
  });

  test('holds shown traces as JSON without raw attributes', () => {
    const trace = makeTrace({ spans: [makeSpan({ attributes: { secret: 1 } })] });
    const [raw = ''] = archiveOf([], [trace]).raw;
    expect(JSON.parse(raw)).toMatchObject({ id: trace.id, messages: [] });
    expect(raw).not.toContain('secret');
  });
});
