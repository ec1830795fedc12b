import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packNumbers, unpackNumbers } from './packed-numbers.ts';

test('numbers are packed as LEB128 in base64', () => {
  // 624485 is E5 8E 26 in the example of the DWARF standard, appendix C.
  expect(packNumbers([624485])).toBe(btoa('\u00e5\u008e\u0026'));
});

test('packed numbers come back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 })), (numbers) => {
      expect(unpackNumbers(packNumbers(numbers))).toEqual(numbers);
    }),
    { seed: 4 },
  );
});
