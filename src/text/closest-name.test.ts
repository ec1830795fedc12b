import { expect, test } from 'vitest';
import { closestName } from './closest-name.ts';

test.each([
  ['groundednes', ['price', 'groundedness', 'grounds'], 'groundedness'],
  ['Output.Text', ['input', 'output_text'], 'output_text'],
  ['inptu', ['output', 'input'], 'input'],
  ['faithfulness', ['price', 'latency'], null],
  ['x', ['y', 'price'], 'y'],
  ['anything', [], null],
])('%s among %j: %s', (name, names, expected) => {
  expect(closestName(name, names)).toBe(expected);
});
