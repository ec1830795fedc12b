import type { Statement } from '../../../contract/signal.ts';
import { maskedKey } from '../../../text/mask.ts';
import { statement, tool } from '../../../text/statement.ts';
import { defineDetector, inconclusive, isInconclusive } from '../../define.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import { type CallTextProblem, readCallText } from '../../run/call-text.ts';
import type { CallSite } from '../../run/calls.ts';
import { fieldName } from '../../run/leaves.ts';
import type { Run } from '../../run/run.ts';
import { isWrapped } from '../../run/schema/argument-shape.ts';
import { describeViolation, violationEvidence } from '../../run/schema/describe-violation.ts';
import type { Violation } from '../../run/schema/violation.ts';
import { rejection, syntaxError } from '../../run/tool-error.ts';
import { fitOf, stemsOf } from '../../run/tool-fit.ts';
import { brokenFormat } from './broken-format.ts';
import { spelledOut } from './spelled-out.ts';

const UNCHECKABLE = inconclusive('a schema is broken or too expensive to check');
const NOTHING_REQUESTED = inconclusive('no tools offered and no output format requested');

/**
 * Output in another format than the one requested: tool calls written in a way that nothing can read
 * (fenced, quoted, wrapped in prose, cut), and arguments that break the offered JSON Schema.
 */
export const schemaViolation = defineDetector({
  id: 'schema_violation',
  tier: 'proven',
  finds:
    'output in a requested format that does not parse or validate; tool calls written so that nothing can read them',
  category: {
    name: 'Schema violation',
    definition: 'Output promised in a format parses and validates as that format.',
    severity: 3,
    layer: 'prompt',
    fixCost: 1,
    example: 'The prompt asks for JSON only, and the answer wraps it in prose.',
  },
  detect(run) {
    const { calls } = run;
    const answer = brokenFormat(run);
    if (answer === null && calls.length === 0 && run.tools.length === 0) return NOTHING_REQUESTED;
    const isUncheckable = isInconclusive(answer) || calls.some((site) => site.isUncheckable);
    const findings = [
      ...(answer === null || isInconclusive(answer) ? [] : answer),
      ...calls.flatMap((site) => badArguments(run, site)),
      ...calls.map((site) => rejected(run, site)),
      ...calls.map((site) => takenForList(run, site)),
      calls.length === 0 ? unreadableCall(run) : null,
    ].filter((finding) => finding !== null);
    return findings.length === 0 && isUncheckable ? UNCHECKABLE : findings;
  },
});

const SENTENCES: Readonly<Record<CallTextProblem, string>> = {
  'code fence': 'A tool call was wrapped in a code fence instead of being made',
  'prose around call': 'A tool call was buried in prose instead of being made',
  'quoted call': 'Tool calls were written as quoted strings',
  'json instead of call':
    'Tool calls were written as JSON of a shape that the caller does not read',
  'wrong argument form': 'A tool call gave its arguments without their names',
  'python literals': 'A tool call was written in Python literals instead of JSON',
  'broken tag': 'The content of a tool-call tag does not parse',
  'truncated call': 'A tool call was cut off before its end',
  'invalid syntax': 'A tool call was written in syntax that does not parse',
  'leaked markers': 'Markers of the chat template leaked into a tool call',
  'empty call list': 'An empty list of calls was written instead of a call or an answer',
};

function unreadableCall(run: Run): Finding | null {
  if (run.tools.length === 0) return null;
  const at = run.messages.findLastIndex((message) => message.role === 'assistant');
  const message = run.messages[at];
  const text = message === undefined || message.content === '' ? run.output : message.content;
  const read = readCallText(text, run.tools);
  if (read === null || read.problem === null) return null;
  if (read.problem === 'empty call list' && !mayNeedTool(run)) return null;
  const spanId = message?.spanId ?? null;
  const path = text === message?.content ? `/messages/${at}/content` : '/output';
  return run.finding({
    cause: [read.problem],
    statement: SENTENCES[read.problem],
    confidence: 0.9,
    spanId,
    evidence: [run.quote(path, read.quote, spanId)],
  });
}

/** No call is the right answer where no tool has a word in common with the request. */
const mayNeedTool = (run: Run): boolean => {
  const stems = stemsOf(run.input);
  return run.tools.some((offered) => fitOf(stems, run.toolStems(offered)).name > 0.3);
};

function badArguments(run: Run, site: CallSite): readonly (Finding | null)[] {
  if (isWrapped(site)) {
    const wrapped = statement`The arguments of ${tool(site.call.name)} were wrapped in another argument`;
    return [badForm(run, site, 'wrapped arguments', wrapped)];
  }
  if (typeof site.call.arguments === 'string') {
    if (site.tool === null || site.tool.parameters === null) return [];
    const unparsed = statement`The arguments of ${tool(site.call.name)} are not JSON`;
    return [badForm(run, site, 'arguments not json', unparsed)];
  }
  return site.violations
    .filter((violation) => !isDeep(violation))
    .map((violation) =>
      run.finding({
        cause: [`argument ${violation.kind}`, fieldName([site.call.name, ...violation.path])],
        statement: describeViolation(site, violation),
        confidence: 0.95,
        spanId: site.spanId,
        evidence: [violationEvidence(run, site, violation)],
      }),
    );
}

/** A fault inside an object argument: the call keeps its form, the value is at fault. */
const isDeep = ({ path }: Violation): boolean =>
  path.filter((token) => typeof token === 'string').length > 1;

const badForm = (run: Run, site: CallSite, kind: string, how: Statement): Finding | null =>
  run.finding({
    cause: [kind],
    statement: how,
    confidence: 0.95,
    spanId: site.spanId,
    evidence: [argumentQuote(run, site)],
  });

/** A call that the tool rejected for its form and that never succeeded; code that does not parse. */
function rejected(run: Run, site: CallSite): Finding | null {
  const { result, spanId } = site;
  if (result === null || !result.isError) return null;
  const syntax = syntaxError(result.text);
  const reason = syntax ?? rejection(result.text);
  if (reason === null || (syntax === null && run.succeedsLater(site))) return null;
  const name = tool(site.call.name);
  return run.finding({
    cause:
      syntax === null
        ? ['arguments turned down', site.call.name, maskedKey(reason, 50)]
        : ['code does not parse'],
    statement:
      syntax === null
        ? statement`${name} rejected the form of its arguments`
        : statement`The code passed to ${name} does not parse`,
    confidence: 0.85,
    spanId,
    evidence: [run.quote(result.path, reason, spanId)],
  });
}

/** The code of an agent received data of another shape than it was written for. */
function takenForList(run: Run, { result, spanId }: CallSite): Finding | null {
  const spelled = result === null ? null : spelledOut(result.text);
  if (result === null || spelled === null) return null;
  return run.finding({
    cause: ['text taken for a list'],
    statement: 'Code took a text for a list and iterated over its letters',
    confidence: 0.6,
    spanId,
    evidence: [run.quote(result.path, spelled, spanId)],
  });
}
