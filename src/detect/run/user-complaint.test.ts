import { expect, test } from 'vitest';
import { complaint } from './user-complaint.ts';

test('a complaint is quoted verbatim', () => {
  expect(complaint('Hm. That’s not what I asked for')).toEqual({
    kind: 'correction',
    text: 'That’s not what I asked',
  });
  expect(complaint('Great, thanks')).toBeNull();
});
