import { expect, test } from 'vitest';
import type { ReportData } from '../contract/report.ts';
import { fillTemplate } from './report-template.ts';

const template = '<script type="application/json">"__CULPRIT_DATA__"</script>';

const dataWith = (name: string): ReportData =>
  ({ analysis: { toolVersion: name }, categories: [], traces: [] }) as unknown as ReportData;

const between = (html: string): string =>
  html.slice(html.indexOf('>') + 1, html.lastIndexOf('</script>'));

test.each([
  '</script><script>alert(1)</script>',
  '<!--<script>',
  "$& $1 $$ $` $'",
  '\u2028\u2029',
  '__CULPRIT_DATA__',
  'a\ud800b',
  '😀 "quoted" \\ back',
])('%j is unchanged after parsing and cannot escape its element', (text) => {
  const html = fillTemplate(template, dataWith(text));
  const json = between(html);
  expect(json).not.toMatch(/[<\u2028\u2029]/);
  expect(JSON.parse(json)).toEqual(dataWith(text));
});

test('gives the same bytes for the same data', () => {
  expect(fillTemplate(template, dataWith('x'))).toBe(fillTemplate(template, dataWith('x')));
});

test.each(['<html></html>', `${template}${template}`])('rejects the template %j', (broken) => {
  expect(() => fillTemplate(broken, dataWith('x'))).toThrow(
    expect.objectContaining({ code: 'not_built' }),
  );
});
