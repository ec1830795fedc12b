import { describe, expect, it } from 'vitest';
import type { Message } from '../../../contract/trace.ts';
import {
  assistant,
  call,
  defaultOptions,
  makeTrace,
  result,
  system,
  tool,
  user,
  yes,
} from '../../../testing/trace.ts';
import { isVerbatim } from '../../evidence.ts';
import { missingToolCall } from '../missing-tool-call/missing-tool-call.ts';
import { unfinishedTask } from './unfinished-task.ts';

/** A request, calls by name (`!` behind one that failed) and the answer. */
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
      'claimed|send',
    ],
    [
      'a claim after the call failed',
      run('Post "hi" in External', ['send_message!'], "OK. I've posted the message."),
      'claimed|send',
    ],
    [
      'a step announced last',
      run('What does it cost?', ['get_prices'], 'Prices are in. I will now calculate the total.'),
      'announced',
    ],
    [
      'an act left out',
      run('Find and delete the largest file.', ['list_files'], 'The largest file is a.txt.'),
      'left out|delete',
    ],
    [
      'an act left out behind a courtesy',
      run(
        'Find and delete the largest file.',
        ['list_files'],
        'The largest file is a.txt. Is there anything else I can help you with?',
      ),
      'left out|delete',
    ],
  ])('sees %s', (_, trace, kind) => {
    const signals = yes(unfinishedTask, trace);
    expect(signals.map(({ fingerprint }) => fingerprint)).toEqual([`unfinished_task|${kind}`]);
    expect(signals[0]?.evidence.every((item) => isVerbatim(trace, item))).toBe(true);
  });

  it.each([
    [
      'the act was carried out',
      run('Find and delete the largest file.', ['list_files', 'delete_file'], 'I deleted a.txt.'),
    ],
    [
      'a tool may have done anything',
      run('Delete the file.', ['python_interpreter'], 'I have deleted it.'),
    ],
    [
      'the answer asks back',
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
      'a later message may have taken it back',
      run(
        'Delete the file.',
        ['list_files'],
        'Very well, it stays.',
        assistant('Really?'),
        user('No, keep it.'),
      ),
    ],
    ['nothing but looking was asked', run('Which file is the largest?', ['list_files'], 'a.txt')],
    [
      'no tool on record could do it',
      {
        ...run('Delete the largest file.', ['list_files'], 'The largest is a.txt.'),
        tools: [tool('list_files', {})],
      },
    ],
  ])('is silent where %s', (_, trace) => {
    expect(unfinishedTask.detect(trace, defaultOptions)).toMatchObject([{ verdict: 'no' }]);
  });

  it('leaves runs without a call to the missing call', () => {
    const trace = run('Delete the file.', [], 'I have deleted it.');
    expect(unfinishedTask.detect(trace, defaultOptions)).toMatchObject([{ verdict: 'unknown' }]);
  });
});

describe('missingToolCall where only the system prompt speaks of tools', () => {
  const answered = (answer: string, ask = 'Create an event for the reunion from the mails.') =>
    makeTrace({
      messages: [system('Help the user with the given tools.'), user(ask), assistant(answer)],
    });

  it.each([
    ['The relevant tool is the `create_event` function.', 'announced, not made'],
    ["I'll need to access your mails to find it.", 'announced, not made'],
    ['The available tools do not allow to list mails.', 'announced, not made'],
    ['I have created the event.', 'claimed|write'],
    ['The reunion is a nice idea.', 'left out|write'],
  ])('sees in %j: %s', (answer, kind) => {
    const trace = answered(answer);
    const signals = yes(missingToolCall, trace);
    expect(signals.map(({ fingerprint }) => fingerprint)).toEqual([`missing_tool_call|${kind}`]);
    expect(signals[0]?.evidence.every((item) => isVerbatim(trace, item))).toBe(true);
  });

  it.each(['On which day is it?', 'Sorry, I do not plan reunions.'])('lets %j be', (answer) => {
    expect(yes(missingToolCall, answered(answer))).toEqual([]);
  });

  it.each([
    ['small talk', 'Hi there', 'Hello! How are you?'],
    ['a function of a library', 'How do I load a CSV?', 'You can use `read_csv` of pandas.'],
    ['a file', 'Which file is it?', 'It should be used as `grocery_list.txt`.'],
  ])('lets %s be', (_, ask, answer) => {
    expect(yes(missingToolCall, answered(answer, ask))).toEqual([]);
  });
});
