import { expect, test } from 'vitest';
import { userComplaint } from './user-complaint.ts';

test('a complaint is quoted verbatim', () => {
  expect(userComplaint('Hm. That’s not what I asked for')).toEqual({
    kind: 'correction',
    text: 'That’s not what I asked',
  });
  expect(userComplaint('Great, thanks')).toBeNull();
});
