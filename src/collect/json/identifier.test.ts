import { expect, it } from 'vitest';
import { identifier, isHexIdentifier } from './identifier.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

it.each<[string, unknown, 8 | 16, string]>([
  ['hex', TRACE, 16, TRACE],
  ['upper case', TRACE.toUpperCase(), 16, TRACE],
  ['base64', 'CvdlGRbNQ92ESOshHIAxnA==', 16, TRACE],
  ['base64 of a span', 't61rcWkgMzE=', 8, 'b7ad6b7169203331'],
  ['a UUID', '0af76519-16cd-43dd-8448-eb211c80319c', 16, TRACE],
  ['an MLflow id', `tr-${TRACE}`, 16, TRACE],
  ['a 0x prefix', '0x1f', 8, '000000000000001f'],
  ['a whole number', 31, 8, '000000000000001f'],
  ['a big number', 2n ** 64n, 16, '00000000000000010000000000000000'],
  ['zeros', '0'.repeat(16), 8, ''],
  ['nothing', undefined, 8, ''],
  ['an object', {}, 8, ''],
  ['another system’s id', 'run-s01', 8, 'run-s01'],
])('%s becomes one spelling', (_, value, bytes, expected) => {
  expect(identifier(value, bytes)).toBe(expected);
});

it('recognizes hex ids by length', () => {
  expect(isHexIdentifier(TRACE, 16)).toBe(true);
  expect(isHexIdentifier(TRACE, 8)).toBe(false);
  expect(isHexIdentifier('s01', 8)).toBe(false);
});
