import { expect, test } from 'vitest';
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
import { noFinalAnswer } from './no-final-answer.ts';

const weighed: readonly Message[] = [
  user('How heavy is the crate?'),
  assistant('', call('weigh', {}, 'c1')),
  result('c1', 'weigh', '14 kg'),
];
const run = (...end: readonly Message[]) => makeTrace({ messages: [...weighed, ...end] });

test('a run that stops on a result or on a call has no answer', () => {
  const file = fileOf(Array.from({ length: 9 }, () => run(assistant('It weighs 14 kg.'))));
  expect(yes(noFinalAnswer, run(), {}, file)).toMatchObject([
    { cause: ['ends on a result', 'weigh'], evidence: [{ quote: '14 kg' }] },
  ]);
  const onCall = run(assistant('', call('tare', {}, 'c2')));
  expect(yes(noFinalAnswer, onCall, {}, file)).toMatchObject([
    { cause: ['ends on a call', 'tare'] },
  ]);
  expect(yes(noFinalAnswer, run(assistant('14 kg.')), {}, file)).toEqual([]);
});

test('a tool that ends most runs may end this one', () => {
  const hangUp = [assistant('', call('hang_up', {}, 'c2')), result('c2', 'hang_up', 'ok')];
  const file = fileOf([
    ...Array.from({ length: 5 }, () => run(...hangUp)),
    ...Array.from({ length: 9 }, () => run(assistant('It weighs 14 kg.'))),
  ]);
  expect(yes(noFinalAnswer, run(...hangUp), {}, file)).toEqual([]);
});

test('the closing form of other runs is missing', () => {
  const file = fileOf(Array.from({ length: 12 }, () => run(assistant('<verdict>14 kg</verdict>'))));
  const [found] = yes(noFinalAnswer, run(assistant('It is heavy, I guess.')), {}, file);
  expect(found?.cause).toEqual(['no closing form', '<verdict>']);
  expect(yes(noFinalAnswer, run(assistant('<verdict>9 kg</verdict>')), {}, file)).toEqual([]);
});

test('without messages nothing can be told', () => {
  expect(signalsOf(noFinalAnswer, makeTrace())).toMatchObject([{ verdict: 'unknown' }]);
});
