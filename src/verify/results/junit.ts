import { type CaseResult, caseResults, type ResultParts } from './case-results.ts';
import { xmlText } from './xml-text.ts';

/**
 * A run as JUnit XML: one suite of tests per cause. A case that fails or is flaky is a failure, one whose target failed
 * or that is broken an error, one that nothing could decide or that is quarantined skipped.
 */
export function junit(parts: ResultParts): string {
  const results = caseResults(parts);
  const bySuite = Map.groupBy(results, ({ suite }) => suite);
  const suites = [...bySuite].map(([{ suite, file, hash }, cases]) =>
    [
      `<testsuite name="${xmlText(suite.cause.title)}" id="${xmlText(suite.cause.id)}" file="${xmlText(file)}" ${counts(cases)}>`,
      `<properties><property name="suite" value="${hash}"/></properties>`,
      ...cases.map(testCase),
      '</testsuite>',
    ].join('\n'),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="culprit ${xmlText(parts.run)}: ${xmlText(parts.judgment.verdict)}" ${counts(results)}>
${suites.join('\n')}
</testsuites>
`;
}

function counts(cases: readonly CaseResult[]): string {
  const of = (outcome: CaseResult['outcome']): number =>
    cases.filter((each) => each.outcome === outcome).length;
  return `tests="${cases.length}" failures="${of('failed')}" errors="${of('error')}" skipped="${of('skipped')}" time="${seconds(cases)}"`;
}

const seconds = (cases: readonly CaseResult[]): string =>
  (cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000).toFixed(3);

function testCase(each: CaseResult): string {
  const { suite, judged, outcome, why } = each;
  const head = `<testcase classname="${xmlText(`${suite.suite.cause.id}.${judged.role}`)}" name="${xmlText(judged.id)}" time="${seconds([each])}"`;
  if (outcome === 'passed') return `${head}/>`;
  const tag = { failed: 'failure', error: 'error', skipped: 'skipped' }[outcome];
  return `${head}><${tag} message="${xmlText(`${judged.verdict}: ${why}`)}"/></testcase>`;
}
