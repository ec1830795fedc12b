import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CARRIED, exchangeSuite } from '../testing/exchange.ts';
import { EXPORT_FORMATS, exportSuites } from './export-suites.ts';
import { pythonPattern } from './python-pattern.ts';

const suites = exchangeSuite(
  CARRIED.flatMap(({ use, answers }) => answers.map((answer) => ({ answer, checks: [use] }))),
  [{ check: 'no_loop' }],
);

const text = (to: (typeof EXPORT_FORMATS)[number], path: string): string =>
  exportSuites(suites, to).files.find((file) => file.path === path)!.text;

describe('every export', () => {
  test.each(EXPORT_FORMATS)('%s names the check that it cannot run, for each case', (to) => {
    const { losses } = exportSuites(suites, to);
    const unseen = losses.filter(({ check }) => check === 'no_loop');
    expect(unseen).toHaveLength(to === 'vitest' ? 0 : suites[0]!.suite.cases.length);
  });

  test.each(EXPORT_FORMATS)('%s gives the same bytes again', (to) => {
    expect(exportSuites(suites, to)).toEqual(exportSuites(suites, to));
  });

  test.each(['promptfoo', 'inspect', 'pytest', 'openai-evals'] as const)(
    '%s leaves out a case whose checks it cannot run, and says so',
    (to) => {
      const { losses, files } = exportSuites(
        exchangeSuite(
          [{ answer: 'x' }, { answer: ' x', checks: [{ check: 'json' }] }],
          [{ check: 'no_loop' }],
        ),
        to,
      );
      expect(losses.map(({ what }) => what)).toContain(
        'left out: none of its checks can run there',
      );
      expect(files.some((file) => file.text.includes('case-0'))).toBe(false);
    },
  );

  test('no case to export is an error', () => {
    const lost = exchangeSuite([{ answer: 'x' }], [{ check: 'no_loop' }]);
    expect(() => exportSuites(lost, 'pytest')).toThrow(
      'there is no case to export to pytest: of 1 case none can run there (c-1a2b3c4d/case-0: left out: ',
    );
    const retired = { at: '2026-11-30', why: 'gone' };
    const gone = exchangeSuite([{ answer: 'x', parts: { retired } }], [{ check: 'answered' }]);
    expect(() => exportSuites(gone, 'vitest')).toThrow('every case of these suites is retired');
  });

  test('a case that would be green without the lost checks is left out', () => {
    const { losses, files } = exportSuites(
      exchangeSuite(
        [{ answer: 'x' }, { answer: ' ' }],
        [{ check: 'no_loop' }, { check: 'answered' }],
      ),
      'pytest',
    );
    expect(files[0]!.text).not.toContain('case-0');
    expect(files[0]!.text).toContain('case-1');
    expect(losses).toContainEqual({
      ...{ case: 'c-1a2b3c4d/case-0', check: null },
      what: 'left out: without the lost checks its recorded answer passes',
    });
  });

  test('a retired case is not exported', () => {
    const retired = exchangeSuite(
      [{ answer: 'x', parts: { retired: { at: '2026-11-30', why: 'gone' } } }, { answer: 'y' }],
      [{ check: 'json' }],
    );
    const { files } = exportSuites(retired, 'pytest');
    expect(files[0]!.text).not.toContain('case-0');
    expect(files[0]!.text).toContain('case-1');
  });

  test('a provisional judge is named as lost', () => {
    const judged = exchangeSuite(
      [{ answer: 'x' }],
      [{ check: 'json' }, { check: 'judge', params: { failure: 'x' }, provisional: true }],
    );
    expect(exportSuites(judged, 'vitest').losses).toEqual([
      {
        case: 'c-1a2b3c4d/case-0',
        check: 'judge',
        what: 'it is provisional and decides nothing',
      },
    ]);
  });
});

describe('promptfoo', () => {
  test('fills no template with our texts', () => {
    const { tests } = parse(text('promptfoo', 'promptfooconfig.yaml'));
    expect(JSON.stringify(tests)).not.toMatch(/\{[{%#]/);
    expect(JSON.parse(tests[0].vars.messages)).toEqual([
      { role: 'system', content: 'Help with orders. {{ name }} {% raw %}' },
      { role: 'user', content: 'Where is order 1?\n“now”' },
    ]);
  });
});

describe('datasets', () => {
  test('Langfuse, LangSmith and Phoenix rows hold conversation, reference, and where it comes from', () => {
    const one = exchangeSuite(
      [{ answer: 'no', parts: { reference: 'yes' } }],
      [{ check: 'equals' }],
    );
    const messages = expect.arrayContaining([expect.objectContaining({ role: 'user' })]);
    const metadata = expect.objectContaining({ role: 'guard', checks: [{ check: 'equals' }] });
    const parsed = (to: (typeof EXPORT_FORMATS)[number]) =>
      JSON.parse(exportSuites(one, to).files[0]!.text);
    expect(parsed('langfuse')).toEqual({
      datasetName: 'culprit c-1a2b3c4d',
      id: 'c-1a2b3c4d-case-0',
      input: { messages },
      expectedOutput: { answer: 'yes' },
      metadata,
      sourceTraceId: 'trace-0',
    });
    expect(parsed('langsmith')).toEqual({
      inputs: { messages },
      outputs: { answer: 'yes' },
      metadata,
      split: 'guard',
    });
    expect(parsed('phoenix')).toMatchObject({
      action: 'create',
      inputs: [{ messages }],
      outputs: [{ answer: 'yes' }],
      metadata: [metadata],
    });
  });
});

describe('OpenAI Evals', () => {
  test('texts that must all occur are samples of their own; a list passes with one', () => {
    const evals = parse(text('openai-evals', 'evals/culprit.yaml'));
    expect(evals['culprit-includes.suite.v1']).toEqual({
      class: 'evals.elsuite.basic.includes:Includes',
      args: { samples_jsonl: 'culprit/includes.jsonl' },
    });
    const samples = text('openai-evals', 'data/culprit/includes.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).ideal);
    expect(samples.slice(0, 2)).toEqual([['refund'], ['5 days']]);
  });
});

describe('patterns for Python', () => {
  test.each([
    ['^a$', '^a\\Z'],
    [
      '[$.\\s]',
      '[$.\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]',
    ],
    ['a.b', 'a[^\\n\\r\\u2028\\u2029]b'],
    ['a\\/b', 'a/b'],
    ['\\d+\\w', '\\d+\\w'],
    ['(?:a|b){2,3}', '(?:a|b){2,3}'],
    ['[a-c[]', '[a-c\\[]'],
  ])('%s', (given, wanted) => {
    expect(pythonPattern(given)).toBe(wanted);
  });

  test.each(['\\p{L}', '\\u{1F600}', '(?<name>a)', '[]', '[^]', '(?i:a)'])(
    'none for %s',
    (given) => {
      expect(pythonPattern(given)).toBe(null);
    },
  );
});
