import { describe, expect, it } from 'vitest';
import { makeTrace } from '../../testing/trace.ts';
import { spelledOut } from '../detectors/schema-violation/spelled-out.ts';
import { taskMarkers } from '../detectors/tool-call-count/task-markers.ts';
import { pretendedWork } from '../detectors/tool-wrong-tool/pretended.ts';
import { enumerationsIn } from './enumeration.ts';

describe('enumerationsIn', () => {
  it.each([
    ["for 'A-1', 'A-2', and 'A-3'", [['A-1', 'A-2', 'A-3']]],
    ['the films "Up," and "Heat"', [['Up', 'Heat']]],
    ['in New York and Paris today', [['New York', 'Paris']]],
    ['made of copper and zinc.', [['copper', 'zinc']]],
    ['iron, copper and zinc', [['iron', 'copper', 'zinc']]],
    ['copper and then leave', []],
    ['Berlin or Paris', []],
    ['one thing', []],
  ])('finds in %j: %j', (text, expected) => {
    expect(enumerationsIn(text)).toEqual(expected);
  });
});

describe('taskMarkers', () => {
  it.each([
    ['First, a sum. Second, a map. Lastly, a song.', ['First', 'Second', 'Lastly']],
    ['A sum. Also, a map. Finally, a song.', ['Also', 'Finally']],
    ['The first is red, the second is blue, the third is green.', ['first', 'second', 'third']],
    ['A sum. Also, a map.', null],
    ['Also, also, also.', null],
    ['Who came first, and who finally won?', null],
  ])('finds in %j: %j', (text, expected) => {
    expect(taskMarkers(text)).toEqual(expected);
  });
});

it('stays linear on long runs of what they look for', () => {
  const readers: readonly (readonly [string, (text: string) => unknown])[] = [
    ['enumerationsIn', enumerationsIn],
    ['taskMarkers', taskMarkers],
    ['spelledOut', spelledOut],
    [
      'pretendedWork',
      (text) => pretendedWork(makeTrace({ messages: [{ ...EMPTY, content: text }] })),
    ],
  ];
  for (const [name, reader] of readers) {
    for (const unit of [
      "'a', ",
      'Ab ',
      'Ab, ',
      'ab, ',
      'ab-',
      '. first',
      'a\n',
      'I simulate ',
      'in a real scenario I would ',
    ]) {
      const start = performance.now();
      reader(unit.repeat(100_000));
      expect(performance.now() - start, `${name} on ${unit}`).toBeLessThan(1_000);
    }
  }
});

const EMPTY = {
  role: 'assistant',
  content: '',
  toolCalls: [],
  toolCallId: null,
  name: null,
  spanId: null,
} as const;
