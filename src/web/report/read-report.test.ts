import { expect, test } from 'vitest';
import { readReport } from './read-report.ts';
import { makeReport } from './testing/make-report.ts';

test('reads data of this version', () => {
  const data = makeReport({ failures: 20 });
  expect(readReport(JSON.stringify(data))).toEqual({ kind: 'page', data });
});

test.each([
  ['', 'contains no data'],
  ['{"analysis":', 'cut short'],
  ['[1,2]', 'not the data of a report'],
  ['{"analysis":{"version":99}}', 'version 99'],
  ['{"analysis":{}}', 'version undefined'],
  ['{"analysis":{"version":3},"traces":[]}', 'analysis.files'],
])('rejects %s with a reason', (text, reason) => {
  const read = readReport(text);
  expect(read.kind === 'unreadable' && read.message).toContain(reason);
});
