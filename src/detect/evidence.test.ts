import { describe, expect, test } from 'vitest';
import type { Trace } from '../contract/trace.ts';
import {
  assistant,
  call,
  makeSpan,
  makeTrace,
  noUsage,
  result,
  runOf,
  user,
} from '../testing/trace.ts';
import { isVerbatim, quote } from './evidence.ts';

const calling = (args: Parameters<typeof call>[1]): Trace =>
  makeTrace({ messages: [user('Refund it'), assistant('', call('refund_order', args))] });

const argumentsOf = (args: Parameters<typeof call>[1]): unknown =>
  quote(calling(args), '/messages/1/toolCalls/0/arguments', JSON.stringify(args), null);

const at = (path: string, text: string): object => ({ path, quote: text, spanId: null });

describe('arguments are quoted by a value, because JSON can be spelled in many ways', () => {
  test.each([
    [
      'the longest text',
      { id: 4, why: 'broken', note: { text: 'The zip broke.' } },
      at('/messages/1/toolCalls/0/arguments/note/text', 'The zip broke.'),
    ],
    [
      'a whole number rather than a fraction',
      { price: 4.5, id: 30657997, ok: true },
      at('/messages/1/toolCalls/0/arguments/id', '30657997'),
    ],
    [
      'a key with a slash',
      { 'a/b': 'Berlin' },
      at('/messages/1/toolCalls/0/arguments/a~1b', 'Berlin'),
    ],
    [
      'the name of the tool where there is no value',
      {},
      at('/messages/1/toolCalls/0/name', 'refund_order'),
    ],
  ])('%s', (_, args, expected) => {
    expect(argumentsOf(args)).toEqual(expected);
  });
});

test('a text that is not there is not quoted, nor is half of a surrogate pair', () => {
  const trace = makeTrace({ messages: [user('Hi'), assistant(`${'a'.repeat(399)}😀 and more`)] });
  expect(quote(trace, '/output', 'b', null)).toBe(null);
  expect(quote(trace, '/output', '', null)).toBe(null);
  expect(quote(trace, '/output', trace.output, null)?.quote).toBe('a'.repeat(399));
});

describe('words that are ours, not the recorder’s', () => {
  const span = makeSpan({
    id: 's1',
    kind: 'model',
    name: 'chat gpt',
    startTime: 1,
    endTime: 9,
    finishReason: 'length',
    attributes: { 'gen_ai.response.finish_reasons': ['max_tokens'] },
    usage: { ...noUsage, inputTokens: 70 },
  });
  const trace = makeTrace({
    messages: [user('Hi')],
    spans: [span, { ...span, id: 's2', name: 'embed', usage: { ...noUsage, inputTokens: 30 } }],
    usage: { ...noUsage, inputTokens: 100 },
    startTime: 1,
    endTime: 9,
    status: 'error',
    error: { type: '_OTHER', message: '', spanId: 's2' },
  });

  test.each([
    ['/error/type', '_OTHER', '/spans/1/name', 'embed'],
    ['/status', 'error', '/spans/1/name', 'embed'],
    [
      '/spans/0/finishReason',
      'length',
      '/spans/0/attributes/gen_ai.response.finish_reasons/0',
      'max_tokens',
    ],
    ['/usage/inputTokens', '100', '/spans/0/usage/inputTokens', '70'],
    ['/endTime', '9', '/spans/0/name', 'chat gpt'],
  ])('%s %s is quoted at %s', (path, text, place, shown) => {
    const found = quote(trace, path, text, null);
    expect(found).toMatchObject({ path: place, quote: shown });
    expect(isVerbatim(trace, found!)).toBe(true);
  });

  test('a score is quoted by its explanation, if it has one', () => {
    const base = {
      name: 'quality',
      value: 0,
      label: 'bad',
      annotator: 'model',
      spanId: null,
    } as const;
    const scored = makeTrace({
      scores: [
        { ...base, explanation: 'It invents a price.' },
        { ...base, explanation: null },
      ],
    });
    expect(quote(scored, '/scores/0/label', 'bad', null)).toEqual(
      at('/scores/0/explanation', 'It invents a price.'),
    );
    expect(quote(scored, '/scores/1/label', 'bad', null)).toEqual(at('/scores/1/label', 'bad'));
  });

  test('a row without spans has only its status', () => {
    const row = makeTrace({
      status: 'error',
      error: { type: '_OTHER', message: '', spanId: null },
    });
    expect(quote(row, '/error/type', '_OTHER', null)).toEqual(at('/status', 'error'));
  });

  test('an answer that only calls a tool is quoted by that call', () => {
    const made = call('refund_order', { order_id: 'A-17' });
    const row = makeTrace({
      messages: [user('Hi'), assistant('', made)],
      output: JSON.stringify([made]),
    });
    expect(quote(row, '/output', row.output, null)).toEqual(
      at('/messages/1/toolCalls/0/arguments/order_id', 'A-17'),
    );
  });
});

describe('a word is quoted in context', () => {
  const shown = (content: string, word: string): string | undefined =>
    runOf(makeTrace({ messages: [user('Hi'), assistant(''), result('c', 'get', content)] })).quote(
      '/messages/2/content',
      word,
    )?.quote;

  test.each([
    ['{"id": 1, "order_id": "A-17", "x": 2}', 'A-17', '"order_id": "A-17"'],
    ['{"order_id":37618736}', '37618736', '"order_id":37618736'],
    ["{'recipes': [], 'message': 'None found'}", 'None found', "'message': 'None found'"],
    [
      'Thanks. Your order A-17 left on Monday. Anything else?',
      'A-17',
      'Your order A-17 left on Monday.',
    ],
    ['A-17', 'A-17', 'A-17'],
    [
      'Thanks. This sentence says enough by itself, says the author. Bye.',
      'This sentence says enough by itself, says',
      'This sentence says enough by itself, says',
    ],
  ])('%s: %s', (content, word, expected) => {
    expect(shown(content, word)).toBe(expected);
  });

  test('a long line is cut between words', () => {
    const line = 'lorem ipsum '.repeat(100);
    const text = shown(`${line}A-17 ${line}`, 'A-17')!;
    expect(text.length).toBeLessThan(330);
    expect(text).toMatch(/^(?:lorem|ipsum) .* A-17 .* (?:lorem|ipsum)$/);
  });
});

test('the name of a tool comes after the other quotes of a finding, and each quote once', () => {
  const run = runOf(calling({ order_id: 'A-17' }));
  const call0 = '/messages/1/toolCalls/0';
  const finding = run.finding({
    cause: [],
    statement: 'It failed',
    evidence: [
      run.quote(`${call0}/name`, 'refund_order'),
      run.quote(`${call0}/arguments/order_id`, 'A-17'),
      run.quote(`${call0}/name`, 'refund_order'),
    ],
  });
  expect(finding?.evidence.map(({ path }) => path)).toEqual([
    `${call0}/arguments/order_id`,
    `${call0}/name`,
  ]);
});
