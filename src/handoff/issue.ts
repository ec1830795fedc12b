import type { PairStep } from '../contract/report.ts';
import { fenced, sentence } from '../text/untrusted.ts';
import type { Cause, HandoffSource } from './cause.ts';
import { measures, passCriterion, reasons, traceLink } from './facts.ts';

const EXAMPLES = 3;

/** A cause as an issue, in Markdown (CommonMark with GitHub's tables left out). */
export function issueOf(cause: Cause, source: HandoffSource): string {
  const { cluster, pair } = cause;
  const { analysis } = source;
  const { all } = analysis.options;
  const criterion = all ? null : passCriterion(cause);
  return blocks(
    `# ${sentence(cluster.title)}`,
    measures(cause, analysis).join('  \n'),
    section('Why', bullets(reasons(cause))),
    section('Evidence', evidence(cause, source)),
    pair === null
      ? null
      : section(
          'A failing trace beside the most similar passing one',
          blocks(
            pair.difference === null ? null : `${sentence(pair.difference)}.`,
            `Failing: ${traceLink(pair.failing, source)}`,
            fenced(stepLines(pair.rows.map(({ failing }) => failing)), PAIR),
            `Passing: ${traceLink(pair.passing, source)}`,
            fenced(stepLines(pair.rows.map(({ passing }) => passing)), PAIR),
          ),
        ),
    criterion === null ? null : section('Expected', criterion),
    `${all ? 'Group' : 'Cause'} ${cluster.id}, found by Culprit ${sentence(analysis.toolVersion, 40)}.`,
  );
}

const PAIR = 6_000;

/** Quotes of the first exemplars, each under its trace. */
export function evidence({ cluster }: Cause, source: HandoffSource): string | null {
  const quotes = [...new Map(cluster.evidence.map((each) => [each.shown, each])).values()].slice(
    0,
    EXAMPLES,
  );
  if (quotes.length === 0) return null;
  return blocks(
    ...quotes.map(({ traceId, shown }) =>
      blocks(`Trace ${traceLink(traceId, source)}:`, fenced(shown, 600)),
    ),
  );
}

/** Steps as lines: `3 refund_order({"order_id":"30657997"}) → error: {"error":"order_not_found"}`. */
export const stepLines = (steps: readonly (PairStep | null)[]): string =>
  steps
    .flatMap((step, index) => (step === null ? [] : [`${index + 1} ${stepLine(step)}`]))
    .join('\n');

function stepLine({ kind, tool, text, result, failed }: PairStep): string {
  if (tool === null) return `${kind}: ${oneLine(text)}`;
  const outcome = result === null ? '' : ` → ${failed ? 'error: ' : ''}${oneLine(result)}`;
  return `${tool}(${oneLine(text)})${outcome || (failed ? ' → error' : '')}`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const section = (title: string, content: string | null): string | null =>
  content === null || content === '' ? null : `## ${title}\n\n${content}`;

export const bullets = (lines: readonly string[]): string =>
  lines.map((line) => `- ${line}`).join('\n');

/** Paragraphs; those that are null are left out. */
export const blocks = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join('\n\n');
