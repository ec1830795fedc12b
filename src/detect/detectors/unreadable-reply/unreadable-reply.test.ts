import { expect, test } from 'vitest';
import { assistant, fileOf, makeTrace, user, yes } from '../../../testing/trace.ts';
import { unreadableReply } from './unreadable-reply.ts';

/** An agent driven by text: observations come in the user role. */
const agent = (...observations: readonly string[]) =>
  makeTrace({
    messages: [
      user('Sort the crates. Write each step as MOVE[a, b].'),
      ...observations.flatMap((text) => [assistant('I think.'), user(`Observation: ${text}`)]),
      assistant('All crates are sorted.'),
    ],
  });
const file = fileOf(Array.from({ length: 4 }, () => agent('moved', 'moved')));

test.each([
  'Your last reply contains no MOVE step.',
  'Invalid action. Please write each step as MOVE[a, b].',
  'I did not understand your message.',
  'Could not parse the action.',
])('the environment complains last: %s', (complaint) => {
  const found = yes(unreadableReply, agent('moved', complaint), {}, file);
  expect(found).toMatchObject([{ evidence: [{ path: '/messages/4/content' }] }]);
  expect(found[0]?.evidence[0]?.quote).toContain(complaint);
});

test.each([
  ['the next step was read', agent('Invalid action.', 'moved')],
  ['the observation is data', agent('moved', 'Your crates are in row 4.')],
])('silent where %s', (_, trace) => {
  expect(yes(unreadableReply, trace, {}, file)).toEqual([]);
});
