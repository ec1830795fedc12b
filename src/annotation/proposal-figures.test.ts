import { expect, test } from 'vitest';
import { decidedCauses, proposalFigures } from './proposal-figures.ts';

const MINUTE = 60_000;
const line = (
  minute: number,
  subject: string,
  after: unknown,
  { by = 'Ada', field = 'proposal', undoneBy = null as string | null } = {},
) => ({
  ...{ at: minute * MINUTE, by, undoes: null, undoneBy },
  changes: [{ kind: 'cause', subject, field, after }],
});
const newestFirst = (...log: ReturnType<typeof line>[]) => log.toReversed();

test('the latest decision about each cause counts, with the time since the action before it', () => {
  const decided = decidedCauses(
    newestFirst(
      line(0, 'c-1', 4, { field: 'severity' }),
      line(2, 'c-1', 'accepted'),
      line(3, 'c-2', 'accepted', { by: 'Ben' }),
      line(6, 'c-2', 'edited', { by: 'Ben' }),
      line(7, 'c-3', 'rejected'),
      line(8, 'c-4', 'accepted', { undoneBy: 'a-9' }),
      // After a break nobody knows how long it took.
      line(60, 'c-5', 'accepted'),
      line(61, 'c-6', 'accepted'),
      line(62, 'c-6', null),
    ),
  );
  expect(proposalFigures(decided)).toEqual({
    ...{ decided: 4, accepted: 2, edited: 1, rejected: 1, minutes: 3 },
  });
});

test('nothing decided is no minutes', () => {
  expect(proposalFigures([])).toEqual({
    ...{ decided: 0, accepted: 0, edited: 0, rejected: 0, minutes: null },
  });
});
