import { describe, expect, test } from 'vitest';
import type { Evidence } from '../contract/signal.ts';
import type { Message } from '../contract/trace.ts';
import { makeFailure, makeSignal } from '../testing/signal.ts';
import { makeTrace } from '../testing/trace.ts';
import { reportTrace } from './trace.ts';

const message = (content: string, role: Message['role'] = 'user'): Message => ({
  role,
  content,
  toolCalls: [],
  toolCallId: null,
  name: null,
  spanId: null,
});

const reported = (messages: readonly Message[], evidence: readonly Evidence[] = []) =>
  reportTrace(makeFailure({ trace: makeTrace({ messages }), signals: [makeSignal({ evidence })] }));

describe('a trace in the report', () => {
  test('keeps short messages in full', () => {
    expect(reported([message('hello'), message('hi', 'assistant')]).messages).toMatchObject([
      { index: 0, role: 'user', content: 'hello', omitted: 0 },
      { index: 1, role: 'assistant', content: 'hi', omitted: 0 },
    ]);
  });

  test('shortens a long message, counts the omitted characters, and keeps the quote', () => {
    const text = `${'a'.repeat(5000)}NEEDLE${'b'.repeat(5000)}`;
    const [cut] = reported(
      [message(text)],
      [{ spanId: null, path: '/messages/0/content', quote: 'NEEDLE' }],
    ).messages;
    expect(cut?.content).toContain('NEEDLE');
    expect(cut!.content.length).toBeLessThan(1500);
    expect(cut!.content.replaceAll(' … ', '').length + cut!.omitted).toBe(text.length);
  });

  test('keeps the messages with evidence and their neighbors in a long conversation', () => {
    const messages = Array.from({ length: 100 }, (_, index) => message(`m${index}`));
    const kept = reported(messages, [
      { spanId: null, path: '/messages/50/content', quote: 'm50' },
    ]).messages;
    expect(kept.length).toBe(24);
    for (const index of [0, 49, 50, 51, 99])
      expect(kept.map((each) => each.index)).toContain(index);
  });

  test('shows input and output if no messages were recorded', () => {
    const trace = makeTrace({ input: 'question', output: 'answer' });
    const shown = reportTrace(makeFailure({ trace, signals: [] }));
    expect(shown.messages.map(({ role, content }) => [role, content])).toEqual([
      ['user', 'question'],
      ['assistant', 'answer'],
    ]);
  });

  test('has a duration only if the end is not before the start', () => {
    const lasting = (startTime: number, endTime: number) =>
      reportTrace(makeFailure({ trace: makeTrace({ startTime, endTime }) })).durationMs;
    expect(lasting(1_000, 1_250)).toBe(250);
    expect(lasting(1_250, 1_000)).toBe(null);
  });
});
