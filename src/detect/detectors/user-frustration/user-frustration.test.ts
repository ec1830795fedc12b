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
import { userFrustration } from './user-frustration.ts';

const reply = (text: string) =>
  makeTrace({
    messages: [
      user('Change my flight to Berlin on Friday please'),
      assistant('Done: Bern.'),
      user(text),
      assistant('…'),
    ],
  });

test.each([
  ['I want to speak to a human agent', 'escalation'],
  ['Can I talk to your supervisor?', 'escalation'],
  ['Ich möchte mit einem Mitarbeiter sprechen', 'escalation'],
  ['Quiero hablar con una persona', 'escalation'],
  ["That's not what I asked", 'correction'],
  ['No, I meant Berlin', 'correction'],
  ['I already told you the date', 'correction'],
  ['It still doesn’t work', 'does not work'],
  ['This is ridiculous', 'anger'],
  ['WHY CANNOT YOU SIMPLY CHANGE THIS FLIGHT', 'capitals'],
  ['please change my flight to Berlin on Friday', 'rephrase'],
])('%s is %s', (text, kind) => {
  expect(yes(userFrustration, reply(text))).toMatchObject([
    { cause: [kind], evidence: [{ path: '/messages/2/content' }] },
  ]);
});

test.each([
  'Thanks, that is perfect',
  'Yes, please go ahead',
  'My code is ABC DEF GHI',
  'And a hotel near the station?',
])('%s is not frustration', (text) => {
  expect(signalsOf(userFrustration, reply(text))).toMatchObject([{ verdict: 'no' }]);
});

test.each([
  [
    'accepting the offer of a person',
    'I can transfer you to a human agent. Would you like that?',
    'Yes, please connect me to a human agent',
  ],
  [
    'anger at what happened',
    'Where do you fly to?',
    'I am really frustrated right now because my last flight was late',
  ],
])('%s is not frustration', (_, answer, text) => {
  const trace = makeTrace({
    messages: [user('Book a flight'), assistant(answer), user(text), assistant('…')],
  });
  expect(signalsOf(userFrustration, trace)).toMatchObject([{ verdict: 'no' }]);
});

test.each([
  'I am really frustrated with you',
  'I am so angry, this bot is no use',
  'I am annoyed by your answers',
])('%s is frustration', (text) => {
  expect(yes(userFrustration, reply(text))).toMatchObject([{ cause: ['anger'] }]);
});

test('a complaint in the first message is not about the assistant', () => {
  const trace = makeTrace({
    messages: [user('Your courier is useless!'), assistant('Sorry to hear.')],
  });
  expect(signalsOf(userFrustration, trace)[0]?.verdict).toBe('unknown');
});

const asked = (...after: readonly Message[]) =>
  makeTrace({
    messages: [
      user('My bill is wrong'),
      assistant('Let me see.'),
      user('Please connect me to a human agent'),
      ...after,
    ],
  });
const handOver = assistant('', call('escalate_to_support', {}));

test('a user who asks for a person and is put through is not frustrated', () => {
  const worked = asked(handOver, result('call-1', 'escalate_to_support', 'ok'), assistant('Done.'));
  expect(yes(userFrustration, worked)).toEqual([]);
});

test.each([
  ['nobody puts the user through', asked(assistant('What is the matter?'))],
  [
    'the transfer failed',
    asked(handOver, result('call-1', 'escalate_to_support', 'Error: no agent free')),
  ],
])('a user who asks for a person is frustrated where %s', (_, trace) => {
  expect(yes(userFrustration, trace)).toMatchObject([{ cause: ['escalation'], tier: 'symptom' }]);
});

test('where the user role carries observations, nobody is frustrated', () => {
  const agent = (last: string) =>
    makeTrace({
      messages: [
        user('Find the largest file'),
        assistant('ls'),
        user('Observation: that is not right, try again'),
        assistant('ls -S'),
        user(`Observation: ${last}`),
      ],
    });
  const file = fileOf([agent('a.txt'), agent('b.txt'), agent('c.txt')]);
  expect(signalsOf(userFrustration, agent('a.txt'), {}, file)).toMatchObject([
    { verdict: 'unknown' },
  ]);
});

test('asking for a person twice in vain is a failure', () => {
  const again = asked(
    assistant('What is it about?'),
    user('I want a person.'),
    assistant('Sorry?'),
  );
  expect(yes(userFrustration, again)).toMatchObject([
    { tier: 'likely', cause: ['never put through'], evidence: [{ quote: 'I want a person.' }, {}] },
  ]);
  const late = asked(assistant('What is it about?'), user('I want a person.'), handOver);
  expect(yes(userFrustration, late)).toEqual([]);
});
