import { expect, it } from 'vitest';
import { collectAll, memorySource } from '../../testing/memory-source.ts';

const span = (attributes: object, id: string) => ({
  traceId: id.repeat(32),
  spanId: id.repeat(16),
  name: 'GET /',
  startTimeUnixNano: '1767600000000000000',
  attributes: Object.entries(attributes).map(([key, value]) => ({
    key,
    value: { stringValue: value },
  })),
});
const problemsOf = async (content: unknown) =>
  (await collectAll([memorySource('spans.json', JSON.stringify(content))])).report.problems;

it('spans that say nothing of a model: the attributes they have are named', async () => {
  const spans = [
    span({ 'http.route': '/', 'http.method': 'GET' }, '1'),
    span({ 'http.route': '/a' }, '2'),
  ];
  expect(await problemsOf(spans)).toMatchObject([
    {
      code: 'no_messages',
      message:
        'none of the 2 traces holds a question, answer or message; attributes seen on its spans: http.route, http.method',
    },
  ]);
});

it('one trace that says something is enough', async () => {
  const spans = [span({ 'http.route': '/' }, '1'), span({ 'gen_ai.prompt': 'Hi' }, '2')];
  expect(await problemsOf(spans)).toEqual([]);
});

it('a part of an unknown kind is no text: it is counted by its path, once for all traces', async () => {
  const chat = (id: string) => ({
    id,
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [{ type: 'hologram', content: 'It is { not prose' }] },
    ],
  });
  const { traces, report } = await collectAll([
    memorySource('chats', `${JSON.stringify(chat('a'))}\n${JSON.stringify(chat('b'))}`),
  ]);
  expect(traces.map(({ output, gaps }) => [output, gaps.map(({ kind }) => kind)])).toEqual([
    ['', ['unknown_shape']],
    ['', ['unknown_shape']],
  ]);
  expect(report.problems.map(({ message }) => message)).toEqual([
    'in 2 traces a message has an unknown shape: `content[].hologram`',
  ]);
});
