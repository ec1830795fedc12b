import { expect, test } from 'vitest';
import type { CheckRecord } from '../../contract/check-use.ts';
import { assistant, call, makeTrace, result, user } from '../../testing/trace.ts';
import { checks } from './registry.ts';
import { subjectOf } from './subject.ts';
import { allChecks, askChecks, prepareCheck, verdictOf } from './use-check.ts';

test('ids are unique, and every example is a use that works', () => {
  const ids = allChecks().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, example, passes, source } of allChecks()) {
    expect(() => prepareCheck({ check: id, params: example as never })).not.toThrow();
    expect(passes).toMatch(/^[A-Z].*\.$/);
    expect(source).not.toBe('');
  }
});

test('no check of the catalog fails on an empty trace', async () => {
  for (const { id, example } of allChecks()) {
    const [record] = await askChecks(
      [prepareCheck({ check: id, params: example as never })],
      subjectOf(makeTrace()),
    );
    expect(record?.reason).not.toContain('failed:');
  }
});

test.each([
  {
    use: { check: 'contians' },
    message: 'there is no check contians; did you mean contains? culprit checks lists them all',
  },
  {
    use: { check: 'contains', params: { text: 'x' } },
    message:
      'parameters of the check contains: there is no field text; it takes texts, match, ignoreCase',
  },
  {
    use: { check: 'xml', params: { strict: true } },
    message: 'parameters of the check xml: there is no field strict; it takes none',
  },
])('$message', ({ use, message }) => {
  expect(() => prepareCheck(use)).toThrow(message);
});

test('negate turns pass and fail around, and leaves what cannot be told', async () => {
  const ask = async (params: object, check = 'equals') =>
    (
      await askChecks(
        [prepareCheck({ check, params: params as never, negate: true })],
        subjectOf(makeTrace({ output: 'a' })),
      )
    )[0];
  expect(await ask({ text: 'a' })).toMatchObject({ verdict: 'fail', negate: true });
  expect(await ask({ text: 'b' })).toMatchObject({ verdict: 'pass' });
  expect(await ask({})).toMatchObject({ verdict: 'cannot_tell' });
});

test('one failure decides, what cannot be told keeps from passing, provisional checks do neither', () => {
  const of = (...verdicts: readonly string[]) =>
    verdictOf(
      verdicts.map((text) => {
        const [verdict, provisional] = text.split(' ');
        return {
          ...{ check: 'x', verdict, value: null, reason: '', evidence: [] },
          ...(provisional !== undefined && { provisional: true }),
        } as CheckRecord;
      }),
    );
  expect(of('pass', 'pass')).toBe('pass');
  expect(of('pass', 'fail', 'cannot_tell')).toBe('fail');
  expect(of('pass', 'cannot_tell')).toBe('cannot_tell');
  expect(of('pass', 'fail provisional', 'cannot_tell provisional')).toBe('pass');
  expect(of('pass provisional')).toBe('cannot_tell');
});

/** Texts that make careless patterns and comparisons take forever. */
const LONG = 200_000;
test.each([
  ['dots', '.'.repeat(LONG)],
  ['line ends', `\`\`\`${'\n'.repeat(LONG)}x`],
  ['one line with a backtick', `\`\`\`${'a'.repeat(LONG)}\``],
  ['fences', '```\n'.repeat(LONG / 4)],
  ['quotes', '"'.repeat(LONG)],
  ['brackets', '[{'.repeat(LONG / 2)],
  ['tags', '<a '.repeat(LONG / 3)],
  ['one word', 'a'.repeat(LONG)],
  ['hyphens', 'a-'.repeat(LONG / 2)],
  ['digits', '1'.repeat(LONG)],
  ['addresses', `http://${'.'.repeat(2_000)}x `.repeat(LONG / 2_000)],
  ['spaces', `${' '.repeat(LONG)}?`],
])('no check takes long over 200,000 characters of %s', { timeout: 20_000 }, async (_, text) => {
  const trace = makeTrace({
    input: text,
    output: text,
    messages: [
      user(text),
      assistant(text, call('find', { q: text }, '1')),
      result('1', 'find', text),
    ],
    documents: [{ id: 'd', content: text, title: null, score: 1, spanId: null }],
  });
  const subject = subjectOf(trace, { reference: text, recorded: trace });
  const catalog = Object.values(checks).flat();
  const prepared = catalog.map(({ id, example }) =>
    prepareCheck({ check: id, params: example as never }),
  );
  expect(await askChecks(prepared, subject)).toHaveLength(catalog.length);
});
