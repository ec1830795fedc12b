import type { Trace } from '../../../contract/trace.ts';
import { maskedKey } from '../../../text/mask.ts';
import { statement, tool as toolName, word } from '../../../text/statement.ts';
import { defineDetector, inconclusive, noFinding } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import type { Finding } from '../../finding.ts';
import {
  type InfrastructureError,
  infrastructureErrorIn,
  looksLikeError,
} from '../../run/infrastructure.ts';
import type { Run } from '../../run/run.ts';

const NOTHING = inconclusive('no status, error or tool result recorded');

/**
 * The platform failed and the run did not recover: authentication, not found, rate limit, quota, timeout,
 * overload, 5xx, connection. Looks at errors, at tool results that are errors (a later success of the same
 * tool or model clears both), and at an answer that is nothing but an error message. One finding per kind.
 */
export const infrastructureError = defineDetector({
  id: 'infrastructure_error',
  tier: 'likely',
  finds:
    'a failure of the platform that the run did not recover from (authentication, not found, rate limit, quota, timeout, overload, 5xx, connection), or an answer that is an error message',
  category: {
    name: 'Infrastructure error',
    definition: 'Services answer, within their limits, with valid credentials.',
    severity: 3,
    layer: 'platform',
    fixCost: 2,
    example: 'Tool `get_weather` failed: rate limit reached.',
  },
  detect(run) {
    const { trace } = run;
    const found = new Map<string, Finding>();
    for (const place of errorPlaces(run)) {
      const error = infrastructureErrorIn(place.text) ?? place.otherwise;
      if (error === undefined || found.has(error.kind)) continue;
      const finding = failed(run, place, error);
      if (finding !== null) found.set(error.kind, finding);
    }
    if (found.size > 0) return [...found.values()];
    return hasAnythingToJudge(trace) ? noFinding : NOTHING;
  },
});

/** A text that reports an error, or may. */
interface ErrorPlace {
  readonly path: string;
  readonly text: string;
  readonly spanId: string | null;
  /** Name of the tool that failed; empty when it was not a tool. */
  readonly tool: string;
  /** The error to report when the text does not read like any known one. */
  readonly otherwise?: InfrastructureError;
}

function errorPlaces(run: Run): readonly ErrorPlace[] {
  const places: ErrorPlace[] = [];
  const { error, output } = run.trace;
  if (error !== null) {
    const { type, message, spanId } = error;
    const [path, text] =
      infrastructureErrorIn(message) === null ? ['/error/type', type] : ['/error/message', message];
    places.push({ path, text, spanId, tool: '' });
  }
  if (output.length < LONGEST_ERROR && ERROR_ANSWER.test(output)) {
    const otherwise = {
      kind: 'error as answer',
      description: 'the answer is an error message',
      text: output,
    };
    places.push({ path: '/output', text: output, spanId: run.answerSpan, tool: '', otherwise });
  }
  addSpanErrors(places, run.trace);
  addResultErrors(places, run.trace);
  return places;
}

function addSpanErrors(places: ErrorPlace[], { spans }: Trace): void {
  let lastSuccess: ReadonlyMap<string, number> | undefined;
  for (const [index, { kind, name, error, toolCall, id }] of spans.entries()) {
    if (error === null) continue;
    lastSuccess ??= lastSpanSuccess(spans);
    if ((lastSuccess.get(`${kind} ${name}`) ?? -1) > index) continue;
    places.push({
      path: pointer('spans', index, 'error', 'message'),
      text: error.message,
      spanId: id,
      tool: kind === 'tool' ? (toolCall?.name ?? name) : '',
    });
  }
}

function addResultErrors(places: ErrorPlace[], { messages }: Trace): void {
  let lastSuccess: ReadonlyMap<string, number> | undefined;
  for (const [index, { role, content, name, spanId }] of messages.entries()) {
    if (role !== 'tool' || !looksLikeError(content)) continue;
    lastSuccess ??= lastResultSuccess(messages);
    const tool = name ?? '';
    if ((lastSuccess.get(tool) ?? -1) > index) continue;
    places.push({ path: pointer('messages', index, 'content'), text: content, spanId, tool });
  }
}

/** Position of the last success by name: the run recovered from errors before it. */
function lastSpanSuccess(spans: Trace['spans']): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const [index, { kind, name, error, status }] of spans.entries()) {
    if (error === null && status !== 'error') last.set(`${kind} ${name}`, index);
  }
  return last;
}

function lastResultSuccess(messages: Trace['messages']): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const [index, { role, name, content }] of messages.entries()) {
    if (role === 'tool' && name !== null && !looksLikeError(content)) last.set(name, index);
  }
  return last;
}

const failed = (
  run: Run,
  { path, text, spanId, tool }: ErrorPlace,
  error: InfrastructureError,
): Finding | null =>
  run.finding({
    confidence: 0.9,
    spanId,
    statement:
      tool !== ''
        ? statement`Tool ${toolName(tool)} failed: ${word(error.description)}`
        : path.startsWith('/spans/')
          ? statement`A call failed: ${word(error.description)}`
          : statement`The run ended with an error (${word(error.description)})`,
    cause: [error.kind, maskedKey(tool, 60)],
    evidence: [run.quote(path, lineAround(text, error.text), spanId)],
  });

const hasAnythingToJudge = ({ status, error, spans, messages }: Trace): boolean =>
  status !== 'unset' ||
  error !== null ||
  spans.length > 0 ||
  messages.some(({ role }) => role === 'tool');

/** An answer that is an error message is shorter. */
const LONGEST_ERROR = 600;
/** The message of a service, passed on as the answer. */
const ERROR_ANSWER =
  /^\W{0,6}(?:(?:an? )?(?:internal|unexpected|unknown|server|upstream)(?: server)? error\b|an error (?:has )?occurred\b|error code: [45]\d\d|invalid json payload|(?:the )?request (?:failed|timed out|was (?:blocked|rejected))|rate limit (?:reached|exceeded)|too many requests|service (?:is )?(?:temporarily )?unavailable|bad gateway|gateway time-?out|\{\s{0,5}"error"\s{0,3}:(?!\s{0,3}(?:null|false|""|\[\]|\{\}|0\b)))/i;

function lineAround(text: string, match: string): string {
  const at = text.indexOf(match);
  const start = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at + match.length);
  const from = Math.max(start, at - 120);
  return text.slice(from, Math.min(end === -1 ? text.length : end, from + 300)).trim() || match;
}
