import { expect, test } from 'vitest';
import { makeReport } from '../web/report/testing/make-report.ts';
import { analysisSchema } from './analysis.ts';
import { parseAnalysis } from './parse-analysis.ts';

const { analysis } = makeReport({ failures: 30 });

test('an analysis is read as it was written', () => {
  expect(parseAnalysis(JSON.stringify(analysis))).toEqual(analysis);
});

test('an analysis of an older version asks to run analyze again', () => {
  expect(() => parseAnalysis(JSON.stringify({ version: 1, culprit: '0.1.0' }))).toThrow(
    expect.objectContaining({
      code: 'old_analysis',
      message: expect.stringMatching(/older version .* Run culprit analyze again/),
    }),
  );
});

test('the schema says which version it wants', () => {
  const { error } = analysisSchema.safeParse({ ...analysis, version: 1 });
  expect(error?.issues[0]?.message).toMatch(/^must be 3; .* run culprit analyze again/);
});

test.each([
  ['{"version":', 'it is not JSON'],
  ['[]', 'it has no version'],
  ['{"analysis":{}}', 'it has no version'],
  ['{"version":99}', 'newer version'],
  [JSON.stringify({ ...analysis, clusters: null }), 'clusters: must be a list. Give the JSON as'],
])('%.40s is refused with a reason', (text, reason) => {
  expect(() => parseAnalysis(text)).toThrow(
    expect.objectContaining({ code: 'unknown_format', message: expect.stringContaining(reason) }),
  );
});
