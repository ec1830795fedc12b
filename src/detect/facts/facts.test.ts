import { expect, test } from 'vitest';
import { fileModelSchema } from '../../contract/file-model.ts';
import type { Message, Trace } from '../../contract/trace.ts';
import { assistant, call, makeTrace, result, runOf, user } from '../../testing/trace.ts';
import { fileModelSummary } from '../file/file-model.ts';
import { dialogueOf } from './dialogue.ts';
import { type Fact, factEvidence } from './fact.ts';
import { factsOf, RunFacts } from './facts.ts';
import { failingFacts } from './failing-facts.ts';
import type { FactPart, ReadKind } from './parts.ts';
import { partOf } from './parts.ts';

const traceOf = (...messages: readonly Message[]): Trace => makeTrace({ messages });

/** Facts of the first trace, read in a file of all. */
function factsIn(traces: readonly Trace[], at = 0): readonly Fact[] {
  const model = fileModelSummary();
  for (const trace of traces) model.add(runOf(trace));
  return factsOf(runOf(traces[at]!), fileModelSchema.parse(model.freeze()), []);
}

const kinds = (facts: readonly Fact[]): readonly string[] => facts.map(({ kind }) => kind);
const failing = (traces: readonly Trace[], at = 0): readonly string[] =>
  kinds(failingFacts(factsIn(traces, at)));

const search = (content: string, answer: string): Trace =>
  traceOf(
    user('Find me a soup.'),
    assistant('', call('search_recipes', { q: 'soup' }, 'a')),
    result('a', 'search_recipes', content),
    assistant(answer),
  );
const full = search('{"recipes": [{"name": "Leek soup"}]}', 'Here is a leek soup.');

test('an empty result and an answer that presents a find is an invention', () => {
  const invented = search('{"recipes": []}', 'Great news! I found the perfect soup.');
  expect(failing([invented, full, full, full])).toEqual(['invented', 'found_nothing']);
});

test('an empty result that the answer admits is no invention', () => {
  const honest = search('{"recipes": []}', 'I could not find a soup.');
  expect(failing([honest, full, full, full])).toEqual(['found_nothing']);
});

test('a result that holds data says nothing against the run', () => {
  expect(failing([full, full, full, full])).toEqual([]);
});

test('an acting tool that usually returns nothing has worked', () => {
  const added = traceOf(
    user('Add Ann.'),
    assistant('', call('add_member', { name: 'Ann' }, 'a')),
    result('a', 'add_member', 'None'),
    assistant('Ann is added.'),
  );
  expect(failing([added, added, added])).toEqual([]);
});

test('an error is decisive only when no later call of the tool worked', () => {
  const failed = assistant('', call('get_order', { id: 1 }, 'a'));
  const error = result('a', 'get_order', 'Error: timed out');
  const again = assistant('', call('get_order', { id: 1 }, 'b'));
  const worked = result('b', 'get_order', '{"order": 1}');
  const repaired = traceOf(
    user('Where is it?'),
    failed,
    error,
    again,
    worked,
    assistant('It is here.'),
  );
  const broken = traceOf(user('Where is it?'), failed, error, assistant('It is here.'));
  expect(kinds(factsIn([repaired]))).not.toContain('decisive_failure');
  expect(failing([repaired])).toEqual([]);
  expect(failing([broken])).toEqual(['unrecovered']);
});

test('a failure that the user was told of, after something had worked, is no failed run', () => {
  const told = traceOf(
    user('Book a seat.'),
    assistant('', call('find_train', { to: 'x' }, 'a')),
    result('a', 'find_train', '{"train": 7}'),
    assistant('', call('book_seat', { train: 7 }, 'b')),
    result('b', 'book_seat', 'Error: no seats left'),
    assistant('Unfortunately no seats are left.'),
    user('Never mind, thanks.'),
    assistant('You are welcome.'),
  );
  expect(failing([told])).toEqual([]);
});

test('calls and errors in the text of the assistant count like recorded ones', () => {
  const spoken = traceOf(
    user('Dinner for four?'),
    assistant('TOOL_CALL[GetRecipes] Error: unable to retrieve recipes at this time.'),
    assistant('Try baked chicken.'),
  );
  expect(factsIn([spoken]).map(({ key }) => key)).toContain('decisive_failure|GetRecipes');
});

test('observations in the user role are results when most later user messages open alike', () => {
  const react = (name: string): Trace =>
    traceOf(
      user(`Question: who is ${name}?`),
      assistant(`Thought 1: look.\nAction 1: Search[${name}]`),
      user(`Observation 1: Could not find [${name}]. Similar: [x]`),
      assistant('Thought 2: done.\nAction 2: Finish[unknown]'),
    );
  const facts = factsIn(['Ann', 'Bob', 'Cleo', 'Dan'].map(react));
  expect(facts.map(({ key }) => key)).toContain('empty_call|Search');
  expect(facts.find(({ kind }) => kind === 'user_turns')?.quantity).toBe(0);
  expect(dialogueOf(runOf(react('Ann')), true).answer?.text).toBe('unknown');
});

test('a yes to a proposed step with no call after it is a missing step', () => {
  const notDone = traceOf(
    user('Change my address.'),
    assistant('', call('get_customer', { id: 1 }, 'a')),
    result('a', 'get_customer', '{"name": "Ann"}'),
    assistant('Shall I change it to 1 Elm Road?'),
    user('Yes, please do.'),
    assistant('Thank you for confirming.'),
  );
  expect(failing([notDone])).toContain('yes_no_call');
});

test('every quote is verbatim in the trace', () => {
  const traces = [
    search('{"recipes": []}', 'Great news! I found a soup. Shall I go on?'),
    full,
    full,
    full,
  ];
  const model = fileModelSummary();
  for (const trace of traces) model.add(runOf(trace));
  const run = runOf(traces[0]!);
  const placed = factsOf(run, model.freeze(), []).filter(
    ({ place, end, start }) => place !== null && end > start,
  );
  expect(placed.length).toBeGreaterThan(5);
  for (const fact of placed) expect(factEvidence(run, fact), fact.key).not.toBeNull();
});

test('the facts of a trace are the same each time and in any file order', () => {
  const traces = [search('[]', 'Here you are.'), full, search('Error: x', 'Sorry.')];
  const keys = (order: readonly Trace[]): readonly string[] =>
    factsIn(order, order.indexOf(traces[0]!)).map(({ key }) => key);
  expect(keys(traces.toReversed())).toEqual(keys(traces));
});

test('a fact asked for alone is the one that reading all facts gives', () => {
  const passage = 'The stadium in Whitney was named for Sam Boyd, who ran hotels in Nevada.';
  const traces = [
    full,
    search('{"recipes": []}', 'Great news! I found the perfect soup.'),
    search('Error: timed out', 'I could not find a soup. I will now look for another.'),
    makeTrace({ output: 'I am sorry, but I cannot help with that.' }),
    makeTrace({
      messages: [user('How many seats?'), assistant('Whitney Nevada stadium')],
      documents: [{ id: null, content: passage, title: null, score: null, spanId: null }],
    }),
    traceOf(user('Cancel it.'), assistant('Shall I cancel it now?'), user('Yes')),
    traceOf(
      user('Cancel it.'),
      assistant('', call('cancel_order', { id: 1 }, 'a')),
      result('a', 'cancel_order', 'ok'),
    ),
    traceOf(user('How many?'), assistant('- one\n- two\n```js\n1\n```'), user('Why?')),
  ];
  const input = fileModelSummary();
  for (const trace of traces) for (let times = 0; times < 3; times++) input.add(runOf(trace));
  const read = input.freeze();
  const model = { ...read, habits: { ...read.habits, short: 40, withAnswer: 40 } };
  const seen = new Set<FactPart>();
  for (const trace of traces) {
    for (const { kind } of new RunFacts(runOf(trace), model).all()) {
      const first = (facts: RunFacts) => facts.first(kind as ReadKind)?.key;
      const all = new RunFacts(runOf(trace), model);
      all.all();
      expect(first(new RunFacts(runOf(trace), model))).toBe(first(all));
      seen.add(partOf[kind as ReadKind]);
    }
  }
  expect([...seen].sort()).toEqual([...new Set(Object.values(partOf))].sort());
});
