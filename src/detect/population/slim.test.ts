import { expect, test } from 'vitest';
import { assistant, makeTrace, user } from '../../testing/trace.ts';
import { slim } from './slim.ts';

test('a trace of ordinary length keeps its messages', () => {
  const trace = makeTrace({ messages: [user('q'), assistant('a'.repeat(50_000))] });
  expect(slim(trace).messages).toEqual(trace.messages);
});

test('a sampled trace is small however long its messages are', () => {
  const long = `begin ${'x'.repeat(5_000_000)} end`;
  const messages = Array.from({ length: 100 }, () => assistant(long));
  const { messages: kept, output } = slim(makeTrace({ messages, output: long }));
  const total = kept.reduce((sum, { content }) => sum + content.length, output.length);
  expect(total).toBeLessThan(250_000);
  expect(kept[0]?.content).toMatch(/^begin x+…x+ end$/);
});
