import { expect, test } from 'vitest';
import type { CheckRecord } from '../../contract/check-use.ts';
import { makeTrace } from '../../testing/trace.ts';
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
      'the parameters of the check contains there is no field text; it takes texts, match, ignoreCase',
  },
  {
    use: { check: 'xml', params: { strict: true } },
    message: 'the parameters of the check xml there is no field strict; it takes none',
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
