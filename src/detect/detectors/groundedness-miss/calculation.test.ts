import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrongCalculations } from './calculation.ts';

test.each([
  ['(8 + 4) / 3 = 5', ['(8 + 4) / 3 = 5']],
  ['Margin = ($9,019 million / $14,082 million) * 100 = 46.3%', 1],
  ['The average is ($43,783 + $45,141) / 2 = $49,462.', 1],
  ['(17,482 / 14,082) x 100\n= 60.5%', 1],
  ['CAGR: (65,984 / 65,398) ^ (1 / 2) - 1 = 4.5%', 1],
  ['7 − 9 = −4', ['7 − 9 = −4']],
  ['12 · 3 = 38', ['12 · 3 = 38']],
  ['4 ⋅ 5 = 21', ['4 ⋅ 5 = 21']],
  ['\\( \\frac{\\$180}{\\$240} \\times 100 = 60.5\\% \\)', 1],
  ['It is \\(2 \\cdot 1.1^{2} \\approx 4.1\\).', 1],
])('does not hold: %s', (text, expected) => {
  const found = wrongCalculations(text);
  if (typeof expected === 'number') expect(found).toHaveLength(expected);
  else expect(found).toEqual(expected);
});

test.each([
  ['a dot for times', '−7 = −3·3 + 2 and 0,125 · 80 = 10'],
  ['signs that are not read', '20 + 5 = 3² + 4², 1 + 4 = 2 ± 3, 3 + 1 = 2 √4'],
  ['rounded results', 'It is 2 / 3 = 0.67 or 10 / 3 = 3.'],
  ['per cent as a number or a fraction', '41,879 / 135,987 = 30.8%, and 3 / 4 = 0.75'],
  ['scale words said once', '$7,453 million - $5,175 = $2,278 million'],
  ['thousands of millions', '$1,500 million * 4 = $6 billion'],
  ['rounded operands', '365 * 1.61 = 589'],
  ['a power', '(65,984 / 65,398) ^ (1 / 2) - 1 = 0.0045 or 0.45%'],
  ['a negative result in brackets', '500 - 700 = (200)'],
  ['either reading of a / b * c', '12 / 2 * 3 = 2 and 12 / 2 * 3 = 18'],
  ['a running total', '2 + 3 = 5 + 4 = 9'],
  ['a result with a remark', '10 / 4 = 2.5 (2 whole ones)'],
  ['names in the expression', 'profit - 300 = 200, f(2) + 3 = 9, 5 km - 2 = 3'],
  ['functions', "R'(7) = 12 * 7, g(2) = 5 * 4"],
  ['an operand outside', '5% of 200 + 10 = 20'],
  ['dates and spans of years', '2021-12-31 = 3; 2019-2020 = 5%'],
  ['code', 'if (a == 3 - 1) b = 4 * 2; c >= 5 - 1 = 2x'],
  ['an algebraic equation', '2x + 3 = 7'],
  ['fractions of LaTeX', '\\frac{3}{4} \\times 100 = 75\\%, 1 / \\frac{1}{2} = 2'],
  ['thousands in braces', '\\[ \\frac{17{,}482}{14{,}082} = 9 \\]'],
  ['words in LaTeX', '\\text{Cost} / 4 = 20, \\sqrt{16} + 1 = 5, \\frac{a}{4} = 3'],
  ['lines of a solution', '3m = -1\nm = -1 / 3'],
  ['factors line by line', '100 = 2 x 50\n- 50 = 2 x 25'],
  ['units', '2 * 52 = 104 m in 6 k'],
  ['bullets', 'Total:\n- 5\n- 3 = three'],
  ['an equation that is called wrong', '2 + 2 = 5 is wrong'],
  ['division by nothing', '5 / 0 = 1'],
])('%s: holds, or is not plain arithmetic', (_, text) => {
  expect(wrongCalculations(text)).toEqual([]);
});

test('right sums and products are never called wrong, wrong ones always are', () => {
  const operand = fc.integer({ min: 1, max: 99_999 });
  fc.assert(
    fc.property(operand, operand, fc.constantFrom('+', '*'), (a, b, sign) => {
      const right = sign === '+' ? a + b : a * b;
      expect(wrongCalculations(`${a} ${sign} ${b} = ${right}`)).toEqual([]);
      expect(wrongCalculations(`${a} ${sign} ${b} = ${right * 3 + 7}`)).toHaveLength(1);
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('quotes are verbatim in any text', () => {
  const piece = fc.constantFrom(
    '(',
    ')',
    '=',
    ' + ',
    '-',
    '12',
    '3.5 ',
    '%',
    'x',
    '\n',
    ' million',
    '/',
    '[',
    '^',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('');
      for (const found of wrongCalculations(text)) expect(text).toContain(found);
    }),
    { seed: 6, numRuns: 300 },
  );
});

test.each(['-', '*', '\u2022', '+'])('a list mark %s is no sign', (mark) => {
  expect(wrongCalculations(`Steps:\n${mark} 12 + 30 = 42\n${mark} 42 - 2 = 40`)).toEqual([]);
  expect(wrongCalculations(`Steps:\n${mark} 12 + 30 = 43`)).toEqual(['12 + 30 = 43']);
});

test.each(['First', 'We get', 'Since', 'She has'])('an equation may follow "%s"', (words) => {
  expect(wrongCalculations(`${words} 12 + 30 = 43.`)).toEqual(['12 + 30 = 43']);
});

test('a sign before a number stays a sign', () => {
  expect(wrongCalculations('-12 + 30 = 42')).toEqual(['-12 + 30 = 42']);
});
