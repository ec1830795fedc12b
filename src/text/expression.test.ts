import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Expression, parseExpression } from './expression.ts';

/** The plain value of a literal, undefined for anything else. */
const plain = (expression: Expression | null): unknown => {
  switch (expression?.kind) {
    case 'string':
    case 'number':
    case 'constant':
      return expression.value;
    case 'list':
      return expression.items.map(plain);
    case 'dict':
      return Object.fromEntries(
        expression.entries.map(([key, value]) => [plain(key), plain(value)]),
      );
    default:
      return undefined;
  }
};

describe('parseExpression', () => {
  it.each([
    ["{'a': [1, -2.5e3, True, None], \"b\": 'it\\'s'}", { a: [1, -2500, true, null], b: "it's" }],
    ["('x',)", ['x']],
    ["('x')", 'x'],
    ['"""long\ntext"""', 'long\ntext'],
    ["'a' 'b'", 'ab'],
    ['[1, 2,]', [1, 2]],
  ])('reads the literal %j', (text, expected) => {
    expect(plain(parseExpression(text))).toEqual(expected);
  });

  it('reads a call with its arguments', () => {
    expect(parseExpression("math.hypot(3, y=4, unit='cm')")).toMatchObject({
      kind: 'call',
      name: 'math.hypot',
      positional: [{ value: 3 }],
      named: [
        ['y', { value: 4 }],
        ['unit', { value: 'cm' }],
      ],
    });
  });

  it.each(['f(x=a + 1)', 'f(x=rows[0])', 'f(x=a.b(c))'])(
    'reads the computed value in %s',
    (text) => {
      expect(parseExpression(text)).toMatchObject({ kind: 'call' });
    },
  );

  it.each([
    'f(x=1',
    '[f(x=1), g(',
    "f(x='a)",
    '[1 2]',
    '{a: }',
    'two words',
    '',
    'f(x=$5)',
    'f()]',
  ])('does not read %j', (text) => {
    expect(parseExpression(text)).toBeNull();
  });

  it('reads all JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        expect(plain(parseExpression(JSON.stringify(value)))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
      { seed: 42, numRuns: 300 },
    );
  });

  it.each(['[', '(', '{', 'f(', '-', '"', "''", 'a.', '1+', '[[],', 'a='])(
    'gives up on %j without end, in linear time',
    (unit) => {
      // A quadratic reader exceeds the time limit of a test.
      const text = unit.repeat(200_000 / unit.length);
      expect(parseExpression(`${text}$`, { maxLength: Number.POSITIVE_INFINITY })).toBeNull();
    },
  );
});
