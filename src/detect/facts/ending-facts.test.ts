import { expect, test } from 'vitest';
import type { Message, Trace } from '../../contract/trace.ts';
import { assistant, call, makeTrace, result, runOf, user } from '../../testing/trace.ts';
import { fileModelSummary } from '../file/file-model.ts';
import { factsOf } from './facts.ts';

const traceOf = (...messages: readonly Message[]): Trace => makeTrace({ messages });

function keysIn(traces: readonly Trace[]): readonly string[] {
  const model = fileModelSummary();
  for (const trace of traces) model.add(runOf(trace));
  return factsOf(runOf(traces[0]!), model.freeze(), []).map(({ key }) => key);
}

const times = (count: number, make: (at: number) => Trace): Trace[] =>
  Array.from({ length: count }, (_, at) => make(at));

const react = (at: number, last: string): Trace =>
  traceOf(
    user(`Question ${at}`),
    assistant(`Thought 1: look.\nAction 1: Search[${at}]`),
    user(`Observation 1: the number ${at} is a number.`),
    assistant(last),
  );

test('a run without the form that closes the others has none', () => {
  const others = times(12, (at) => react(at, `Thought 2: done.\nAction 2: Finish[${at}]`));
  expect(keysIn([react(99, 'I will think about it.'), ...others])).toContain(
    'no_closing_form|Finish[',
  );
  expect(keysIn(others).join()).not.toContain('no_closing_form');
});

const answered = (at: number): Trace =>
  traceOf(
    user(`Order ${at}?`),
    assistant('', call('get_order', { at }, 'a')),
    result('a', 'get_order', `{"order": ${at}}`),
    assistant(`Order ${at} is on its way.`),
  );

test('a run that stops on a result while others answer ends unanswered', () => {
  const stopped = traceOf(
    user('Order 1?'),
    assistant('', call('get_order', { at: 1 }, 'a')),
    result('a', 'get_order', '{"order": 1}'),
  );
  expect(keysIn([stopped, ...times(9, answered)])).toContain('ends_unanswered');
});

test('an end on a closing tool is fine', () => {
  const closing = (at: number): Trace =>
    traceOf(
      user(`Order ${at}?`),
      assistant('', call('transfer_to_human', { at }, 'a')),
      result('a', 'transfer_to_human', 'Transfer successful'),
    );
  expect(keysIn([...times(4, closing), ...times(9, answered)])).not.toContain('ends_unanswered');
});

test('calls without results say nothing where the file records none', () => {
  const onlyCall = (at: number): Trace =>
    traceOf(user(`Order ${at}?`), assistant('', call('get_order', { at })));
  const text = (at: number): Trace => traceOf(user(`Order ${at}?`), assistant('I cannot tell.'));
  expect(keysIn([...times(4, onlyCall), ...times(9, text)])).not.toContain('ends_unanswered');
});

test('no call is a fact where nearly all runs make one', () => {
  const silent = traceOf(user('Order 1?'), assistant('It is on its way.'));
  expect(keysIn([silent, ...times(9, answered)])).toContain('no_call');
  expect(keysIn([silent, ...times(2, answered)])).not.toContain('no_call');
});

test('a question put again after a yes is asked again', () => {
  const asks = traceOf(
    user('Please cancel it.'),
    assistant('Do you want me to cancel order 7 for you now?'),
    user('Yes.'),
    assistant('Do you want me to cancel order 7 for you now?'),
  );
  expect(keysIn([asks])).toContain('asked_again');
});

test('a step that the answer announces and the run does not take is announced', () => {
  const promised = traceOf(
    user('Order 1?'),
    assistant('', call('get_order', { at: 1 }, 'a')),
    result('a', 'get_order', '{"order": 1}'),
    assistant('I found the order. Now I will check the status of the shipment.'),
  );
  expect(keysIn([promised, ...times(9, answered)])).toContain('announced');
});
