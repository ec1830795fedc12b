import { expect, test } from 'vitest';
import type { Question } from '../../contract/judge.ts';
import { chatServer, itemsIn, saying } from '../testing/chat-server.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import type { JudgeUsage } from './ask-missing.ts';
import { openAiJudge } from './openai-judge.ts';

const question = (material: string, ...items: readonly string[]): Question => ({
  ...{ instructions: 'Judge the text.', material, items },
  answer: { type: 'object', properties: { verdict: { type: 'string' } } },
});

const yes = saying((system) => ({
  answers: itemsIn(system).map((_, index) => ({ item: index + 1, verdict: 'yes' })),
}));

test.each([
  { worst: 1, asked: 4, unanswered: 0 },
  // Each request may take some 1,900 tokens in and 2,600 out, and takes 1,000 and 100: $0.0279 at most, $0.002 in fact.
  { worst: 0.03, asked: 2, unanswered: 2 },
  { worst: 0.000_001, asked: 0, unanswered: 4 },
])('sends what fits into $worst dollars and leaves the rest unanswered', async (row) => {
  await using server = await chatServer(yes);
  const usages: JudgeUsage[] = [];
  const judge = openAiJudge({
    ...{ model: 'm', baseUrl: server.baseUrl, parallel: 1, maxCost: row.worst },
    price: { input: 1, output: 10 },
    onUsage: (usage) => usages.push(usage),
  });
  const { cost } = await judge.ask(
    ['one', 'two', 'three', 'four'].map((text) => question(text, 'A')),
  );
  expect(server.received.length).toBe(row.asked);
  expect(cost).toBeLessThanOrEqual(row.worst);
  expect(usages[0]).toMatchObject({
    ...{ requests: row.asked, unanswered: row.unanswered },
    why: row.unanswered === 0 ? null : expect.stringContaining('does not allow another request'),
  });
});

test('a limit holds over all requests at once, and what broke off counts with its worst case', async () => {
  await using server = await chatServer((_, response) => void response.destroy());
  const judge = openAiJudge({
    ...{ model: 'm', baseUrl: server.baseUrl, parallel: 8, maxCost: 0.06, clock: fakeClock() },
    price: { input: 1, output: 10 },
  });
  const questions = Array.from({ length: 8 }, (_, at) => question(`text ${at}`, 'A'));
  await judge.ask(questions).catch(() => null);
  // Two worst cases of $0.028 fit.
  expect(server.received.length).toBe(2);
});

test('a limit in money needs a price', () => {
  expect(() => openAiJudge({ model: 'nobody-knows', maxCost: 1 })).toThrowError(
    expect.objectContaining({ code: 'invalid_option', message: expect.stringContaining('price') }),
  );
});
