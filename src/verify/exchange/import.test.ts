import { describe, expect, test } from 'vitest';
import { readTable } from '../../platform/read-table.ts';
import { proveSuite } from '../suite/prove-suite.ts';
import { readSuites } from '../suite/read-suites.ts';
import { CARRIED, exchangeSuite } from '../testing/exchange.ts';
import { exportSuites } from './export-suites.ts';
import { importSuite } from './import-suite.ts';
import { readIncoming as readAny } from './read-incoming.ts';

const readIncoming = (text: string, file: string, compare: 'equals' | 'contains') =>
  readAny(text, file, compare, readTable);

const importedFrom = async (
  text: string,
  name: string,
  compare: 'equals' | 'contains' = 'equals',
) => {
  const made = await importSuite({
    incoming: readIncoming(text, name, compare),
    name,
    added: { at: '2026-11-30', by: 'a test' },
    ...{ toolVersion: '0.1.0', suites: [], redaction: 'off', redact: (value) => value },
  });
  const [read] = readSuites([
    { path: made.suite.payload, text: made.payload },
    { path: made.file, text: made.yaml },
  ]);
  const proofs = [...(await proveSuite(read!, { judge: null, script: null })).values()];
  expect(proofs.filter(({ broken }) => broken !== null)).toEqual([]);
  return { ...made, read: read! };
};

const cases = async (text: string, name: string, compare: 'equals' | 'contains' = 'equals') => {
  const { suite, read } = await importedFrom(text, name, compare);
  return suite.cases.map(({ role, proof, checks = [], reference = null, hash }) => ({
    ...{ role, proof, checks, reference },
    messages: read.payload.cases
      .get(hash)!
      .messages.map(({ role: who, content }) => [who, content]),
  }));
};

describe('promptfoo', () => {
  const config = `
prompts:
  - 'Answer shortly: {{question}}'
  - file://prompt.txt
defaultTest:
  assert:
    - { type: not-contains, value: sorry }
tests:
  - description: capital
    vars: { question: 'Capital of {France}?' }
    assert:
      - { type: icontains-any, value: 'Paris, Lutetia' }
      - { type: similar, value: Paris, threshold: 0.8 }
      - { type: llm-rubric, value: is polite }
      - { type: regex, value: '(?=x)' }
  - vars: { question: 'JSON {% if x %}' }
    assert:
      - { type: is-json, value: { type: object } }
      - { type: latency, threshold: 500 }
`;

  test('a configuration: prompts filled in, assertions as checks', async () => {
    expect(await cases(config, 'promptfooconfig.yaml')).toEqual([
      {
        role: 'guard',
        proof: 'unproven',
        reference: null,
        messages: [['user', 'Answer shortly: Capital of {France}?']],
        checks: [
          { check: 'contains', params: { texts: ['sorry'], ignoreCase: false }, negate: true },
          {
            check: 'contains',
            params: { texts: ['Paris', 'Lutetia'], match: 'any', ignoreCase: true },
          },
          {
            check: 'judge',
            params: { failure: 'The answer does not meet this: is polite' },
            provisional: true,
          },
        ],
      },
      expect.objectContaining({
        messages: [['user', 'Answer shortly: JSON {% if x %}']],
        checks: [
          { check: 'contains', params: { texts: ['sorry'], ignoreCase: false }, negate: true },
          { check: 'json_schema', params: { schema: { type: 'object' } } },
          { check: 'latency', params: { most: 500 } },
        ],
      }),
    ]);
  });

  test('names what it cannot carry, with its case', async () => {
    const { losses } = await importedFrom(config, 'promptfooconfig.yaml');
    expect(losses.map((loss) => [loss.case, loss.check, loss.what.slice(0, 30)])).toEqual([
      [null, null, 'the prompt file://prompt.txt i'],
      ['capital', 'similar', 'there is no check that means t'],
      ['capital', 'llm-rubric', 'imported as a provisional judg'],
      ['capital', 'regex', 'not imported: parameters of th'],
      ['test 2', null, 'templates other than {{name}} '],
    ]);
  });

  test('results: a bad answer makes a guard, a good one a control', async () => {
    const result = (description: string, output: string, success: boolean) => ({
      success,
      prompt: { raw: '[{"role":"system","content":"S"},{"role":"user","content":"Hi"}]' },
      response: { output },
      testCase: { description, assert: [{ type: 'contains', value: 'yes' }] },
    });
    const file = JSON.stringify({
      results: {
        results: [result('a', 'yes', true), result('b', 'no', false), result('c', 'yes', false)],
      },
    });
    const { losses } = await importedFrom(file, 'results.json');
    expect((await cases(file, 'results.json')).map(({ role, proof }) => [role, proof])).toEqual([
      ['control', 'green'],
      ['guard', 'red'],
      ['guard', 'unproven'],
    ]);
    expect(losses).toEqual([
      {
        case: 'c',
        check: null,
        what: 'its recorded answer is left out, as it does not prove the case: its recorded output passes the checks (answered: the run ends with an answer)',
      },
    ]);
  });

  test('what was exported comes back with the same verdicts', async () => {
    const carried = CARRIED.filter(({ use }) => use.check === 'contains');
    const out = exportSuites(
      exchangeSuite(
        carried.flatMap(({ use, answers }) => answers.map((answer) => ({ answer, checks: [use] }))),
        [{ check: 'contains', params: { texts: ['qqq'] }, negate: true }],
      ),
      'promptfoo',
    );
    const config = out.files.find(({ path }) => path === 'promptfooconfig.yaml')!.text;
    const back = await cases(config, 'promptfooconfig.yaml');
    expect(back).toHaveLength(carried.flatMap(({ answers }) => answers).length);
    expect(back[0]!.messages).toEqual([
      ['system', 'Help with orders. {{ name }} {% raw %}'],
      ['user', 'Where is order 0?\n“now”'],
    ]);
  });
});

describe('datasets and tables', () => {
  test('OpenAI Evals: ideal answers become a check, one of a list is enough', async () => {
    const text =
      '{"input":[{"role":"system","content":"S"},{"role":"user","content":"2+2"}],"ideal":"4"}\n{"input":"Hi","ideal":["a","b"]}\n';
    expect(await cases(text, 'samples.jsonl')).toMatchObject([
      {
        reference: '4',
        checks: [{ check: 'equals', params: { text: '4' } }],
        messages: [
          ['system', 'S'],
          ['user', '2+2'],
        ],
      },
      { reference: null, checks: [{ check: 'one_of', params: { labels: ['a', 'b'] } }] },
    ]);
    expect((await cases(text, 'samples.jsonl', 'contains'))[1]!.checks).toEqual([
      { check: 'contains', params: { texts: ['a', 'b'], match: 'any' } },
    ]);
  });

  test.each(['langfuse', 'langsmith'] as const)(
    'an export to %s comes back with roles, checks and recorded answers',
    async (to) => {
      const suites = exchangeSuite(
        [
          { answer: 'no', parts: { reference: 'yes' } },
          { answer: 'yes', parts: { reference: 'yes', role: 'control', proof: 'green' } },
        ],
        [{ check: 'equals' }],
      );
      const [file] = exportSuites(suites, to).files;
      expect(await cases(file!.text, file!.path)).toMatchObject([
        { role: 'guard', proof: 'red', reference: 'yes', checks: [{ check: 'equals' }] },
        { role: 'control', proof: 'green', reference: 'yes', checks: [{ check: 'equals' }] },
      ]);
    },
  );

  test('Langfuse items as its API lists them, LangSmith examples with other fields', async () => {
    const items = JSON.stringify({
      data: [
        {
          ...{ id: 'i1', datasetId: 'd', datasetName: 'n', status: 'ACTIVE', metadata: null },
          ...{ input: { question: 'Why?', locale: 'de' }, expectedOutput: { answer: 'So.' } },
        },
      ],
    });
    const langfuse = await importedFrom(items, 'items.json');
    expect(langfuse.suite.cases[0]).toMatchObject({ reference: 'So.', input: 'Why?', trace: 'i1' });
    expect(langfuse.losses).toEqual([
      { case: 'i1', check: null, what: 'of its request, not imported: locale' },
    ]);
    const examples =
      '{"id":"e1","inputs":{"messages":[{"type":"human","content":"Hi"}]},"outputs":{"output":"Hello"},"dataset_id":"d"}\n';
    expect(await cases(examples, 'x.jsonl')).toMatchObject([
      { reference: 'Hello', messages: [['user', 'Hi']] },
    ]);
  });

  test('CSV: columns by common names, promptfoo’s __expected, the rest is named', async () => {
    const text =
      'question,output,expected,passed,topic\n"Where, ""now""?",here,here,true,a\nWho?,nobody,me,false,\nWhat?,,this,,\n';
    const { losses } = await importedFrom(text, 'cases.csv');
    expect(losses).toEqual([{ case: 'line 2', check: null, what: 'fields not imported: topic' }]);
    expect(
      (await cases(text, 'cases.csv')).map(({ role, proof, messages }) => [
        role,
        proof,
        messages[0]![1],
      ]),
    ).toEqual([
      ['control', 'green', 'Where, "now"?'],
      ['guard', 'red', 'Who?'],
      ['guard', 'unproven', 'What?'],
    ]);
    expect(
      (await cases('question,__expected\nHi,contains: there\nHo,exactly\n', 'p.csv')).map(
        ({ checks }) => checks[0],
      ),
    ).toEqual([
      { check: 'contains', params: { texts: ['there'], ignoreCase: false } },
      { check: 'equals', params: { text: 'exactly' } },
    ]);
  });

  test('again, it adds nothing; new cases go to the same suite', async () => {
    const first = await importedFrom('{"input":"a"}\n', 'x.jsonl');
    const again = await importSuite({
      incoming: readIncoming('{"input":"a"}\n{"input":"b"}\n', 'x.jsonl', 'equals'),
      name: 'x.jsonl',
      added: { at: '2026-11-30', by: 'a test' },
      ...{ toolVersion: '0.1.0', suites: [first.read], redaction: 'off', redact: (value) => value },
    });
    expect(again.added.map(({ input }) => input)).toEqual(['b']);
    expect(again.file).toBe(first.file);
    expect(again.suite.cases).toHaveLength(2);
  });
});

describe('bad input names file and line', () => {
  test.each([
    ['x.jsonl', '{"input":"a"}\n{oops\n', /^x\.jsonl:2: not valid JSON/],
    ['x.jsonl', '{"input":"a"}\n7\n', /^x\.jsonl:2: not a JSON object/],
    ['x.yaml', 'prompts: [a\n', /^x\.yaml:\d+: not valid YAML/],
    ['x.json', '{"a": 1}', /^x\.json: this is no file that can be imported/],
    ['x.json', '[1]', /^x\.json: item 1 of the list is not an object/],
    ['x.csv', 'a,b\n"open', /^x\.csv:\d+: not a valid table/],
    ['x.jsonl', '', /^x\.jsonl: there is no case in it/],
    ['x.jsonl', '{"foo":1}\n', /^x\.jsonl: there is no case in it.*it has no request/],
  ])('%s %j', (file, text, message) => {
    expect(() => readIncoming(text, file, 'equals')).toThrow(message);
  });

  test('a key that names a prototype is dropped', () => {
    const { cases: read } = readIncoming(
      '{"input":"a","__proto__":{"x":1}}\n',
      'x.jsonl',
      'equals',
    );
    expect(read[0]!.messages[0]!.content).toBe('a');
  });
});
