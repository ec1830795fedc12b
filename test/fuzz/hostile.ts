import type { Random } from './random.ts';

const repeated = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

const UNITS = [
  ...[' ', '\n', '"', "'", '{', '[', '(', '}', '\\', '\u001b[31m', '\u009b', '\u202e', '\u0000'],
  ...[
    '0',
    '1,',
    '12-',
    '$1.',
    '2024-01-01 ',
    'a',
    'A ',
    'a.',
    'I cannot ',
    'sorry, ',
    'f(',
    'x=1 ',
  ],
  ...[
    '<tool_call>',
    '```json\n',
    '- ',
    'http://a',
    '@',
    'é',
    '漢',
    '😀',
    '\ud800',
    '\u2028',
    '%',
    'no ',
  ],
];

const SHORT: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, -1e308, 1e-320, '', ' ', 'x', [], {}, [[]], '__proto__', 'NaN'],
  ...['\u001b]52;c;AAAA\u0007', '2024-02-30', '{"a":', '[1,2', '\ud800', 'a\u0000b', '-0', '1e999'],
];

const deep = (levels: number, wrap: (inner: string) => string): unknown => {
  let text = '1';
  for (let level = 0; level < levels; level++) text = wrap(text);
  return JSON.parse(text);
};

/** A value that no recorder writes. */
export function hostileValue(random: Random): unknown {
  switch (random.whole(8)) {
    case 0:
      return deep(random.whole(400), (inner) => `[${inner}]`);
    case 1:
      return deep(random.whole(400), (inner) => `{"a":${inner}}`);
    case 2:
      return repeated(random.one(UNITS), random.whole(20_000));
    case 3:
      return repeated(random.one(UNITS) + random.one(UNITS), random.whole(20_000));
    case 4:
      return Array.from({ length: random.whole(2000) }, (_, at) => at);
    case 5:
      return JSON.parse('{"__proto__":{"x":1},"constructor":2,"toString":3}');
    default:
      return random.one(SHORT);
  }
}

const PATTERNS = [
  ...[
    '^(a+)+$',
    '^(\\w+\\s?)*$',
    '(a|aa)+$',
    '([a-z]+)*\\d',
    '(?=a)a',
    '(a)\\1',
    '[',
    '^[a-z]{1,900}$',
  ],
  ...[
    '(x{1,50}){1,50}',
    '\\p{L}+',
    '.*.*.*.*=',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(?:)*',
    '\\u{110000}',
  ],
];

/** A JSON Schema made to cost time, memory or stack. */
function hostileSchema(random: Random): object {
  const n = 1 + random.whole(60);
  switch (random.whole(8)) {
    case 0:
      return { properties: { q: { type: 'string', pattern: random.one(PATTERNS) } } };
    case 1:
      return { patternProperties: { [random.one(PATTERNS)]: { type: 'integer' } } };
    case 2:
      return {
        $ref: '#/$defs/d0',
        $defs: Object.fromEntries(
          Array.from({ length: n }, (_, at) => [
            `d${at}`,
            {
              [random.one(['allOf', 'anyOf', 'oneOf'])]: [
                { $ref: `#/$defs/d${at + 1}` },
                { $ref: `#/$defs/d${at + 1}` },
              ],
            },
          ]),
        ),
      };
    case 3:
      return {
        properties: {
          q: {
            type: 'array',
            uniqueItems: true,
            items: { enum: Array.from({ length: n * 20 }, (_, a) => ({ a })) },
          },
        },
      };
    case 4:
      return {
        properties: {
          q: { enum: [repeated(random.one(UNITS), 50_000)], default: repeated('(', 40_000) },
        },
      };
    case 5:
      return {
        properties: { q: deep(n * 5, (inner) => `{"items":${inner === '1' ? '{}' : inner}}`) },
      };
    case 6:
      return {
        properties: {
          q: {
            format: random.one(['url', 'uri', 'email', 'regex', 'date-time', 'hostname', 'ipv6']),
          },
        },
      };
    default:
      return {
        properties: hostileValue(random),
        required: hostileValue(random),
        enum: hostileValue(random),
      };
  }
}

/** A conversation with a tool whose schema, description, arguments and answer are hostile. */
export function hostileTrace(random: Random): object {
  const q = random.one([
    `${repeated('a', random.whole(3000))}!`,
    Array.from({ length: random.whole(3000) }, (_, a) => ({ a })),
    repeated(random.one(UNITS), random.whole(50_000)),
    hostileValue(random),
  ]);
  const text = (): unknown =>
    random.one([hostileValue(random), 'Find the order 12345 please', 'It is done.']);
  return {
    trace_id: `t${random.whole(1000)}`,
    messages: [
      {
        role: 'system',
        content: random.one(['Answer as JSON only: {"a": "b"}', 'Be nice.', text()]),
      },
      { role: 'user', content: text() },
      {
        role: 'assistant',
        tool_calls: [
          {
            id: 'c1',
            name: random.one(['f', 'find_order', text()]),
            arguments: random.one([{ q }, { q, x: text() }, q]),
          },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: text() },
      { role: 'assistant', content: text() },
    ],
    tools: [{ name: 'f', description: text(), parameters: hostileSchema(random) }],
    scores: [{ name: 'groundedness', value: text() }],
    metadata: text(),
  };
}
