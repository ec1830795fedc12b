import type { CauseJudgment, RoleCount } from '../../contract/verdict.ts';
import { percent } from '../../text/format.ts';
import { caseResults, type ResultParts } from './case-results.ts';

/** The first line of a comment, by which the next run finds and replaces it. */
const MARK = '<!-- culprit eval -->';

/** Cases that are listed. */
const SHOWN = 20;

/** A run as Markdown, for one comment that is updated and for the summary of a job. */
export function markdown(parts: ResultParts & { readonly next: string }): string {
  const { judgment, suites, run, next } = parts;
  const titles = new Map(suites.map(({ suite }) => [suite.cause.id, suite.cause.title]));
  const bad = caseResults(parts).filter(
    ({ outcome, judged }) => outcome !== 'passed' && judged.role !== 'slice',
  );
  const { planned, attempted, completed, judged } = judgment.integrity;
  const lines = [
    MARK,
    `**${words(judgment.verdict)}**: ${cell(judgment.sentence)}`,
    '',
    '| cause | verdict | guards | controls | slice |',
    '| --- | --- | --- | --- | --- |',
    ...judgment.causes.map((each) => causeRow(each, titles.get(each.cause) ?? '')),
    ...(bad.length === 0 ? [] : ['', '| case | verdict | why |', '| --- | --- | --- |']),
    ...bad
      .slice(0, SHOWN)
      .map((each) => `| ${each.judged.id} | ${each.judged.verdict} | ${cell(each.why)} |`),
    ...(bad.length > SHOWN ? [`| … and ${bad.length - SHOWN} more | | |`] : []),
    '',
    `${planned} attempts planned, ${attempted} made, ${completed} answered, ${judged} judged. Next: ${cell(next)}.`,
    '',
    `<sub>${run}</sub>`,
    '',
  ];
  return lines.join('\n');
}

const words = (verdict: string): string => verdict.replaceAll('_', ' ');

function causeRow(
  { cause, verdict, guards, controls, slice, comparison }: CauseJudgment,
  title: string,
) {
  const change =
    comparison === null
      ? count(slice)
      : `${percent(comparison.before)} → ${percent(comparison.after)}, ${comparison.better} better, ${comparison.worse} worse`;
  return `| ${cell(title)} (${cause}) | ${words(verdict)} | ${count(guards)} | ${count(controls)} | ${change} |`;
}

const count = ({ passed, cases, undecided }: RoleCount): string =>
  cases + undecided === 0 ? '–' : `${passed} of ${cases + undecided}`;

/** Untrusted text in a table of Markdown: no markup, no row of its own, nobody mentioned. */
const cell = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .slice(0, 300)
    .replace(/[\\`*_{}[\]<>|#!~]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replaceAll('@', '&#64;');
