import { describe, expect, it } from 'vitest';
import type { Message } from '../../../contract/trace.ts';
import {
  assistant,
  call,
  fileOf,
  makeTrace,
  result,
  signalsOf,
  tool,
  user,
  yes,
} from '../../../testing/trace.ts';
import { isVerbatim } from '../../evidence.ts';
import { unfinishedTask } from './unfinished-task.ts';

/** A request, calls by name (`!` after one that failed) and the answer. */
const run = (ask: string, calls: readonly string[], answer: string, ...more: readonly Message[]) =>
  makeTrace({
    messages: [
      user(ask),
      ...calls.flatMap((name, index): Message[] => [
        assistant('', call(name.replace('!', ''), {}, `c${index}`)),
        result(
          `c${index}`,
          name.replace('!', ''),
          name.endsWith('!') ? 'Error: no such channel' : 'a.txt, b.txt',
        ),
      ]),
      ...more,
      assistant(answer),
    ],
    input: ask,
  });

describe('unfinishedTask', () => {
  it.each([
    [
      'a claim without the call',
      run('Mail the list to Ann', ['list_files'], 'I have sent the mail to Ann.'),
      ['claimed', 'send'],
    ],
    [
      'a claim after the call failed',
      run('Post "hi" in External', ['send_message!'], "OK. I've posted the message."),
      ['claimed', 'send'],
    ],
    [
      'a step announced last',
      run('What does it cost?', ['get_prices'], 'Prices are in. I will now calculate the total.'),
      ['announced'],
    ],
    [
      'an omitted action',
      run('Find and delete the largest file.', ['list_files'], 'The largest file is a.txt.'),
      ['left out', 'delete'],
    ],
    [
      'an omitted action before a courtesy',
      run(
        'Find and delete the largest file.',
        ['list_files'],
        'The largest file is a.txt. Is there anything else I can help you with?',
      ),
      ['left out', 'delete'],
    ],
  ])('sees %s', (_, trace, cause) => {
    const signals = yes(unfinishedTask, trace);
    expect(signals.map((signal) => signal.cause)).toEqual([cause]);
    expect(signals[0]?.evidence.every((item) => isVerbatim(trace, item))).toBe(true);
  });

  it.each([
    [
      'the action was performed',
      run('Find and delete the largest file.', ['list_files', 'delete_file'], 'I deleted a.txt.'),
    ],
    [
      'a tool may have done anything',
      run('Delete the file.', ['python_interpreter'], 'I have deleted it.'),
    ],
    [
      'the answer asks a question',
      run('Delete the largest file.', ['list_files'], 'That is a.txt. Do you want me to go on?'),
    ],
    [
      'the answer says why not',
      run(
        'Cancel the booking.',
        ['get_booking'],
        'Unfortunately it cannot be cancelled at this fare.',
      ),
    ],
    [
      'a later message may have withdrawn it',
      run(
        'Delete the file.',
        ['list_files'],
        'Very well, it stays.',
        assistant('Really?'),
        user('No, keep it.'),
      ),
    ],
    ['the request was only to look', run('Which file is the largest?', ['list_files'], 'a.txt')],
    [
      'no recorded tool could do it',
      {
        ...run('Delete the largest file.', ['list_files'], 'The largest is a.txt.'),
        tools: [tool('list_files', {})],
      },
    ],
  ])('is silent where %s', (_, trace) => {
    expect(signalsOf(unfinishedTask, trace)).toMatchObject([{ verdict: 'no' }]);
  });

  it('leaves runs without a call to missing_tool_call', () => {
    const trace = run('Delete the file.', [], 'I have deleted it.');
    expect(signalsOf(unfinishedTask, trace)).toMatchObject([{ verdict: 'unknown' }]);
  });

  const agreed = (...end: readonly Message[]) =>
    makeTrace({
      messages: [
        user('Move my lesson to Friday'),
        assistant('', call('get_lesson', {}, 'c1')),
        result('c1', 'get_lesson', 'Monday 9:00'),
        assistant('I can move the lesson to Friday. Shall I do that?'),
        user('Yes, please do. Thanks!'),
        ...end,
      ],
    });
  const moved = agreed(
    assistant('', call('move_lesson', { day: 'Friday' }, 'c2')),
    result('c2', 'move_lesson', 'ok'),
    assistant('Done.'),
  );

  it('sees an action that the user agreed to and no call performed, and names the tool of other runs', () => {
    const file = fileOf([moved, moved]);
    const [found] = yes(unfinishedTask, agreed(), {}, file);
    expect(found?.cause).toEqual(['agreed', 'move_lesson']);
    expect(found?.evidence[0]?.quote).toBe('Yes, please do. Thanks!');
    expect(yes(unfinishedTask, moved, {}, file)).toEqual([]);
  });

  it('takes a step for tried when a call goes with its announcement', () => {
    const trace = makeTrace({
      messages: [
        user('How warm is it?'),
        assistant('I will now check the sensor.', call('read_sensor', {}, 'c1')),
        result('c1', 'read_sensor', '21 C'),
      ],
    });
    expect(yes(unfinishedTask, trace)).toEqual([]);
  });
});
