import { expect, test } from 'vitest';
import { proposalChanges } from './proposal-changes.ts';

const changed = (...given: Parameters<typeof proposalChanges>) =>
  Object.fromEntries(proposalChanges(...given).map(({ field, value }) => [field, value]));

test('accepting takes the title that a model proposes, and doing it again takes it back', () => {
  expect(changed('c-1', {}, 'accepted', 'Wrong id')).toEqual({
    ...{ proposal: 'accepted', title: 'Wrong id', state: 'confirmed' },
  });
  const own = { proposal: 'accepted', title: 'Wrong id', state: 'confirmed' } as const;
  expect(changed('c-1', own, 'accepted', 'Wrong id')).toEqual({ proposal: null, title: null });
  expect(changed('c-1', own, 'rejected', 'Wrong id')).toEqual({
    proposal: 'rejected',
    title: null,
  });
});

test('a cause that was accepted before the model was asked takes the title, too', () => {
  const own = { proposal: 'accepted', state: 'fixing' } as const;
  expect(changed('c-1', own, 'accepted', 'Wrong id')).toEqual({
    ...{ proposal: 'accepted', title: 'Wrong id' },
  });
});

test('a title that was accepted or written is frozen', () => {
  const own = { proposal: 'edited', title: 'Refunds go wrong' } as const;
  expect(changed('c-1', own, 'accepted', 'Wrong id')).toEqual({
    ...{ proposal: 'accepted', state: 'confirmed' },
  });
  expect(changed('c-1', { ...own, proposal: 'accepted' }, 'accepted', 'Another')).toEqual({
    proposal: null,
  });
  expect(changed('c-1', {}, 'accepted', null)).toEqual({
    proposal: 'accepted',
    state: 'confirmed',
  });
});
