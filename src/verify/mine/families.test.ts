import { expect, test } from 'vitest';
import { seedRandom } from '../../numeric/random/random.ts';
import { assistant, makeTrace, user } from '../../testing/trace.ts';
import { makePayload } from '../testing/suite.ts';
import { FAMILIES, requestOf, variantsOf } from './families.ts';
import { ruler } from './keep.ts';
import { numberForms, withEntity, withSlip } from './rewrites.ts';

test('an id or number of another request takes the place of the own', () => {
  expect(withEntity('Refund order 5501 of May', 'Where is A-77?')).toBe('Refund order A-77 of May');
  expect(withEntity('Refund it', 'Where is 77?')).toBe(null);
  expect(withEntity('Refund 5501', 'Refund 5501')).toBe(null);
  expect(withEntity('Refund 5501', 'Refund $&11')).toBe('Refund 11');
});

test('a slip changes two neighbors of an id or a name, and nothing else', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const slipped = withSlip('Please refund order 5501 to Rosalind', seedRandom(seed))!;
    expect(slipped).not.toBe('Please refund order 5501 to Rosalind');
    expect([...slipped].toSorted()).toEqual([...'Please refund order 5501 to Rosalind'].toSorted());
  }
  expect(withSlip('please help', seedRandom(1))).toBe(null);
  expect(withSlip('order 1111', seedRandom(1))).toBe(null);
});

test.each([
  ['from 2026-11-30 on', 'from 30 November 2026 on'],
  ['pay $20 back', 'pay 20 US dollars back'],
  ['within 5 km', 'within 5000 m'],
  ['in 2 hours', 'in 120 minutes'],
  ['for 3 people', 'for three people'],
  ['order 5501', null],
  ['on 2026-99-30', null],
])('%s is %s in another form', (request, other) => {
  expect(numberForms(request)).toBe(other);
});

const payload = (id: string, request: string, answer: string) =>
  makePayload(
    makeTrace({
      id,
      messages: [user(request), assistant(answer)],
      documents: [
        { id: 'd', content: `About ${id}`, score: null, spanId: null, title: null },
      ] as never,
    }),
  );
const real = [1, 2, 3].map((at) => payload(`r${at}`, `Refund order 550${at} for 2 people`, 'No.'));
const passing = [payload('p', 'What are your hours?', 'Nine to five.')];

test('every family makes variants of real cases, the same for the same seed, in turn', () => {
  const made = variantsOf(real, passing, { each: 2, seed: 3, isReplayed: false });
  expect(made.slice(0, 9).map(({ family }) => family)).toEqual([...FAMILIES]);
  expect(made).toHaveLength(18);
  expect(variantsOf(real, passing, { each: 2, seed: 3, isReplayed: false })).toEqual(made);
  for (const { content, seed } of made) {
    expect(content).not.toEqual(real[seed]);
    expect(content.tools).toEqual(real[seed]!.tools);
  }
  const distracted = made.find(({ family }) => family === 'distractor')!;
  expect(requestOf(distracted.content)).toMatch(/people By the way: What are your hours\?$/);
});

test('a family without what it needs makes nothing', () => {
  const bare = [makePayload(makeTrace({ messages: [user('Help me'), assistant('No.')] }))];
  const made = variantsOf(bare, [], { each: 3, seed: 1, isReplayed: false });
  expect(made.map(({ family }) => family)).toEqual(['other_language']);
});

test('copies and what lies too far away are not kept', () => {
  const { judge, keep } = ruler(real);
  const [first] = real;
  const asking = (request: string) => ({ ...first!, messages: [user(request)] });
  expect(judge(first!, [])).toMatchObject({
    isNew: false,
    isNear: true,
    lands: false,
    fails: false,
  });
  const near = asking('Refund order 5509 for 2 people');
  expect(judge(near, [])).toMatchObject({ isNew: true, isNear: true });
  keep(near);
  expect(judge(near, [])).toMatchObject({ isNew: false });
  expect(judge(asking('Write a poem on the moon and its many craters'), [])).toMatchObject({
    ...{ isNew: true, isNear: false },
  });
});
