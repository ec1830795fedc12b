import { describe, expect, it } from 'vitest';
import type { Message } from '../../../contract/trace.ts';
import {
  assistant,
  call,
  fileOf,
  makeTrace,
  result,
  signalsOf,
  user,
  yes,
} from '../../../testing/trace.ts';
import { isVerbatim } from '../../evidence.ts';
import { agentLoop } from './agent-loop.ts';

/** Calls and their results one after the other, then an answer. */
const run = (...steps: readonly (readonly [string, Record<string, string>, string])[]) =>
  makeTrace({
    messages: [
      user('Which file is the largest?'),
      ...steps.flatMap(([name, args, text], index): Message[] => [
        assistant('', call(name, args, `c${index}`)),
        result(`c${index}`, name, text),
      ]),
      assistant('Here you are.'),
    ],
  });

const repeat = <T>(times: number, step: (index: number) => T): T[] =>
  Array.from({ length: times }, (_, index) => step(index));

const poll = ['status', { job: '7' }, 'running'] as const;
const pause = ['wait', { seconds: '30' }, 'ok'] as const;

describe('agentLoop', () => {
  it.each([
    ['a poll that ends', run(...repeat(5, () => poll), ['status', { job: '7' }, 'done'])],
    [
      'a poll with pauses that ends',
      run(...repeat(5, () => [poll, pause]).flat(), ['status', { job: '7' }, 'done']),
    ],
    [
      'commands that print nothing',
      run(...repeat(6, (index) => ['shell', { run: `touch ${index}` }, ''] as const)),
    ],
  ])('takes %s for progress', (_, trace) => {
    expect(yes(agentLoop, trace)).toEqual([]);
  });

  it('takes an endless poll for a loop, with or without pauses', () => {
    expect(yes(agentLoop, run(...repeat(6, () => poll)))).toHaveLength(1);
    expect(yes(agentLoop, run(...repeat(6, () => [poll, pause]).flat()))).toHaveLength(1);
  });

  it.each([
    [
      'four equal calls',
      run(...repeat(4, () => ['list_files', {}, 'a, b'] as const)),
      ['same call', 'list_files'],
    ],
    [
      'a call repeated after the same error',
      run(...repeat(5, () => ['read', { x: '1' }, 'Error: 4711 not found'] as const)),
      ['same call after error', 'read', '<num> not found'],
    ],
    [
      'a cycle of two',
      run(...repeat(6, (index) => [index % 2 === 0 ? 'open' : 'close', {}, 'ok'] as const)),
      ['cycle', 'open → close'],
    ],
    [
      'the same error for ever new arguments',
      run(...repeat(4, (index) => ['read', { page: String(index) }, 'Error: no access'] as const)),
      ['same error', 'read', 'no access'],
    ],
    [
      'nothing found five times',
      run(...repeat(5, (index) => ['search', { q: String(index) }, 'No results found'] as const)),
      ['same result', 'search'],
    ],
    [
      'the same error after small edits',
      run(
        ...['total price 957', 'total price 1047', 'total price'].map(
          (note) => ['book', { note }, `Error: bad amount in '${note}'`] as const,
        ),
      ),
      ['same error', 'book', 'bad amount in <value>'],
    ],
    [
      'a search reworded that finds what is known',
      run(
        ...[
          'dragon picture book critics 2014 Fafnir journal article',
          'Fafnir journal 2014 article critics dragon picture book quote',
          'journal article dragon critics picture book Fafnir issue',
        ].map((query) => ['web_search', { query }, 'Fafnir issue one: dragons in books'] as const),
      ),
      ['same search', 'web_search'],
    ],
    [
      'four equal calls before one other that worked',
      run(...repeat(4, () => ['list_files', {}, 'a, b'] as const), ['open', {}, 'c']),
      ['same call', 'list_files'],
    ],
  ])('sees %s', (_, trace, cause) => {
    const signals = yes(agentLoop, trace);
    expect(signals.map(({ cause }) => cause)).toEqual([cause]);
    expect(signals[0]?.evidence.every((item) => isVerbatim(trace, item))).toBe(true);
  });

  it.each([
    ['three equal calls', run(...repeat(3, () => ['list_files', {}, 'a, b'] as const))],
    [
      'polling that brings news',
      run(...repeat(6, (index) => ['status', {}, `${index} of 6`] as const)),
    ],
    [
      'a short repetition that the run recovered from',
      run(
        ...repeat(4, () => ['list_files', {}, 'a, b'] as const),
        ['open', { file: 'a' }, 'text of a'],
        ['open', { file: 'b' }, 'text of b'],
      ),
    ],
    [
      'three unknown people',
      run(
        ...['Ada Byron', 'Alan Turing', 'Kurt Gödel'].map(
          (name) => ['find_contact', { name }, `Error: contact '${name}' is not allowed`] as const,
        ),
      ),
    ],
    [
      'searches that differ only in a date',
      run(
        ...['2024-01-01', '2024-01-02', '2024-01-03'].map(
          (date) => ['search_flights', { from: 'New York', to: 'Paris', date }, 'none'] as const,
        ),
      ),
    ],
    [
      'reworded searches that find other pages',
      run(
        ...[
          ['dragon picture book critics 2014 Fafnir journal article', 'alpha beta gamma delta'],
          ['Fafnir journal 2014 article critics dragon picture book quote', 'one two three four'],
          ['journal article dragon critics picture book Fafnir issue', 'red green blue yellow'],
        ].map(([query, page]) => ['web_search', { query: query ?? '' }, page ?? ''] as const),
      ),
    ],
    [
      'a write to each of many',
      run(...repeat(8, (index) => ['send', { to: String(index) }, 'sent'] as const)),
    ],
  ])('accepts %s', (_, trace) => {
    expect(yes(agentLoop, trace)).toEqual([]);
  });

  it('takes the same call for a symptom where the run goes on to answer', () => {
    const answered = run(...repeat(5, () => poll));
    const stuck = makeTrace({ messages: answered.messages.slice(0, -1) });
    expect(yes(agentLoop, answered)[0]?.tier).toBe('symptom');
    expect(yes(agentLoop, stuck)[0]?.tier).toBe('proven');
    expect(yes(agentLoop, run(...repeat(6, () => poll)))[0]?.tier).toBe('proven');
  });

  it('names the error that came back again and again, which it quotes first', () => {
    const lost = (file: string) =>
      run(
        ...repeat(
          4,
          (at) => ['open', { file: `${file}${at}` }, `Error: cannot open "${file}"`] as const,
        ),
      );
    const input = fileOf([lost('a'), lost('b'), lost('c')]);
    const [found] = yes(agentLoop, lost('d'), {}, input);
    expect(found?.statement.slots.at(-1)?.value).toBe('“error cannot open [value]”');
    expect(found?.evidence[0]?.quote).toBe('Error: cannot open "d"');
  });

  it('counts steps against the budget', () => {
    const trace = run(
      ...repeat(30, (index) => ['search', { q: String(index) }, `page ${index}`] as const),
    );
    expect(yes(agentLoop, trace)).toMatchObject([{ cause: ['step budget'] }]);
    expect(signalsOf(agentLoop, trace, { stepBudget: 100 })[0]?.verdict).toBe('no');
  });

  it('notices a user who asks for the same thing a third time, but not an orchestrator that repeats it', () => {
    const ask = 'Where is my parcel right now?';
    const asking = [
      user(ask),
      assistant('Which one?'),
      user(`${ask}!`),
      assistant('Hm.'),
      user(ask),
    ];
    expect(yes(agentLoop, makeTrace({ messages: asking }))).toMatchObject([
      { cause: ['same request'] },
    ]);
    const repeated = [
      user(ask),
      assistant('', call('a', {}, '1')),
      result('1', 'a', 'x'),
      user(ask),
      user(ask),
    ];
    expect(yes(agentLoop, makeTrace({ messages: repeated }))).toEqual([]);
  });

  it('notices an assistant that gives the same answer a third time, but not one that confirms several actions', () => {
    const stuck = (id: string) =>
      `I am sorry, I could not find the order ${id} in our system. Please look at the confirmation that we sent you by mail and tell me the number that stands there.`;
    const chat = (...ids: readonly string[]) =>
      makeTrace({
        messages: ids.flatMap((id, index) => [user(`Try ${index}`), assistant(stuck(id))]),
      });
    expect(yes(agentLoop, chat('17', '17', '17'))).toMatchObject([
      {
        cause: ['same answer'],
        statement: {
          template: 'The assistant gave nearly the same answer {0} times',
          slots: [{ kind: 'number', value: '3' }],
        },
      },
    ]);
    expect(yes(agentLoop, chat('17', '17'))).toEqual([]);
    const done = (id: string) => assistant(`I have cancelled order ${id}. Anything else?`);
    const acts = ['1', '2', '3'].flatMap((id) => [user(`Cancel ${id}`), done(id)]);
    expect(yes(agentLoop, makeTrace({ messages: acts }))).toEqual([]);
  });

  it('cannot tell without steps', () => {
    expect(signalsOf(agentLoop, makeTrace())).toMatchObject([{ verdict: 'unknown' }]);
  });
});
