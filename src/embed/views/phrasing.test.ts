import { expect, test } from 'vitest';
import type { Message } from '../../contract/trace.ts';
import { makeTrace } from '../../detect/testing/trace.ts';
import { phrasing } from './phrasing.ts';

const message = (role: Message['role'], content: string): Message => ({
  role,
  content,
  toolCalls: [],
  toolCallId: null,
  name: null,
  spanId: null,
});
const document = (content: string) => ({
  id: null,
  content,
  title: null,
  score: null,
  spanId: null,
});
const phrasingOf = (parts: Parameters<typeof makeTrace>[0]) =>
  phrasing({ trace: makeTrace(parts), signals: [], rootSpanId: null, weight: 1 });

test('is what the output says beyond the request and what the application was given', () => {
  const trace = {
    input: 'What did Acme earn in 2019?',
    messages: [
      message('system', 'Answer from the filing.'),
      message('user', 'What did Acme earn in 2019?'),
      message('tool', 'revenue: 4,210'),
      message('assistant', 'Unfortunately I cannot tell.'),
    ],
    documents: [document('Total revenue of Acme Corp.')],
    output:
      'Unfortunately the Filing does not say what Acme Corp earned: revenue 4,211, order A17.',
  };
  expect(phrasingOf(trace)).toBe('unfortunately does not say earned order');
});

test('is the same for two topics that are answered alike', () => {
  const answered = (topic: string) =>
    phrasingOf({ input: `Tell me about ${topic}`, output: `I am unable to discuss ${topic}.` });
  expect(answered('parcels')).toBe(answered('invoices'));
});

test('of an output that only repeats, or is none, is empty', () => {
  expect(phrasingOf({ input: 'say hello', output: 'Hello! HELLO' })).toBe('');
  expect(phrasingOf({ input: 'say hello', output: '' })).toBe('');
});

test('reads only so much of long texts, the head and the tail', () => {
  const filler = 'a b c d '.repeat(5_000);
  const output = `start ${filler} middle ${filler} end`;
  const words = phrasingOf({ input: 'a b c d', output }).split(' ');
  expect(words).toEqual(['start', 'end']);
  const messages = Array.from({ length: 20 }, (_, i) =>
    message('tool', `${filler} tail${'xyzw'[i] ?? ''}`),
  );
  expect(phrasingOf({ messages, output: 'tailx taily tailz tailw a' })).toBe('tailw');
});
