import { describe, expect, test } from 'vitest';
import { shownValue } from '../activity/shown-value.ts';
import { activityText } from './activity-text.ts';

const set = (field: string, value: unknown, kind = 'cause') => ({ kind, field, value });

describe('what an action did', () => {
  test.each([
    ['severity', [set('severity', 4)], 'Severity 4'],
    ['fixCost', [set('fixCost', null)], 'Fix cost removed'],
    ['owner', [set('owner', 'Mira K.')], 'Owner: Mira K.'],
    ['note', [set('note', 'a long text')], 'Note saved'],
    ['suggest', [set('suggestion', { reason: 'x', quotes: [] })], 'Proposed by an agent'],
    ['dismiss', [set('suggestion', null)], 'Dismissed what an agent proposed'],
    ['promote', [set('suite', { file: 'refunds.yaml', guards: 3 })], 'Promoted to refunds.yaml'],
    ['move', [set('place', {}, 'trace'), set('place', {}, 'trace')], 'Moved 2 traces'],
    ['exclude', [set('place', {}, 'trace')], 'Excluded 1 trace'],
    [
      'split',
      [set('splitFrom', 'c-1'), set('title', 'x'), set('place', {}, 'trace')],
      'Split off 1 trace',
    ],
  ])('%s', (action, changes, text) => {
    expect(activityText(action, changes)).toBe(text);
  });
});

describe('a value in the log', () => {
  const titles = (id: string): string => (id === 'c-1' ? 'Refunds fail' : id);
  test.each([
    [null, '–'],
    [4, '4'],
    ['Mira', 'Mira'],
    ['c-1', 'Refunds fail'],
    [{ cause: 'c-1' }, 'Refunds fail'],
    [{ cause: null }, 'no cause'],
    [
      { measure: 'cost', severity: true, fixCost: 'set' },
      'measure cost, severity true, fixCost set',
    ],
    [{ triage: 'genuine', category: 'agent_loop', note: 'Three_times' }, 'agent loop, Three_times'],
    [{ triage: 'bad_item', category: null, note: '' }, 'bad item'],
    [{ id: 'l-1', at: 1, subject: 't-1', queue: 'q-1', item: 'i-1' }, 'an answer'],
    [
      { name: 'Doubt', annotators: 2, blind: true, rules: [{}], isClosed: false },
      'Doubt, 2 per item, blind, 1 rule',
    ],
  ])('%o', (value, text) => {
    expect(shownValue(value, titles)).toBe(text);
  });
});
