import { expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { type IndexedAttribute, type SlotBudget, unflatten } from './unflatten.ts';

const entry = (path: string, value: Json): IndexedAttribute => ({
  path: path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  value,
});
const joined = (
  ...entries: readonly (readonly [string, Json])[]
): { list: Json[]; budget: SlotBudget } => {
  const budget = { used: 0, refused: 0 };
  return {
    list: unflatten(
      entries.map(([path, value]) => entry(path, value)),
      budget,
    ),
    budget,
  };
};

it('puts indexed keys together in any order, without holes', () => {
  const { list } = joined(
    ['3.message.role', 'assistant'],
    ['0.message.tool_calls.1.id', 'b'],
    ['0.message.tool_calls.0.id', 'a'],
    ['0.message.role', 'user'],
  );
  expect(list).toEqual([
    { message: { tool_calls: [{ id: 'a' }, { id: 'b' }], role: 'user' } },
    { message: { role: 'assistant' } },
  ]);
});

it('refuses a key that contradicts one before it', () => {
  const { list, budget } = joined(['0.content', 'text'], ['0.content.0.text', 'x'], ['0', 'y']);
  expect(list).toEqual([{ content: 'text' }]);
  expect(budget.refused).toBe(2);
});

it('refuses what asks for more than 10,001 slots, and keeps the rest', () => {
  const { list, budget } = joined(['0.a', 1], ['999999999.a', 1], ['10001.a', 1], ['1.a', 2]);
  expect(list).toEqual([{ a: 1 }, { a: 2 }]);
  expect(budget).toEqual({ used: 2, refused: 2 });
});
