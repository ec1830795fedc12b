import { expect, test } from 'vitest';
import { spokenCall } from './spoken-call.ts';

test('a label with the tool in brackets is a call, and what follows is its result', () => {
  const text = 'TOOL_CALL[GetRecipes] Error: unable to retrieve';
  const call = spokenCall(text);
  expect(call?.tool).toBe('GetRecipes');
  expect(text.slice(call?.resultStart ?? 0)).toBe('Error: unable to retrieve');
});

test.each([
  ['Thought 1: look it up.\nAction 1: Search[Kam Heskin]', 'Search', 'Kam Heskin'],
  ['Action: lookup(name="x")', 'lookup', 'name="x"'],
  ['Thought: hm\nAction: search_web\nAction Input: {"q": "x"}', 'search_web', '{"q": "x"}'],
  ['Action 1: Search[a]\nAction 2: Finish[b]', 'Finish', 'b'],
])('%s is a call', (text, tool, args) => {
  expect(spokenCall(text)).toMatchObject({ tool, args, resultStart: null });
});

test.each(['Take action now [see below].', 'The [GetRecipes] tool is down.', ''])(
  '%s is no call',
  (text) => {
    expect(spokenCall(text)).toBeNull();
  },
);
