import type { Span, Trace } from '../../../contract/trace.ts';
import { mask, maskedKey } from '../../../text/mask.ts';
import { sentence, statement, word } from '../../../text/statement.ts';
import { defineDetector, inconclusive, noFinding } from '../../define.ts';
import { infrastructureErrorIn } from '../../run/infrastructure.ts';

const NO_STATUS = inconclusive('no status recorded');
/** The error type that OpenTelemetry's conventions prescribe for an unknown error. */
const OTHER = '_OTHER';

/**
 * The run ended with an error: status `error`, unless only steps inside it failed, others of their kind then
 * worked, and an answer came. The category is infrastructure when the error reads like it.
 */
export const errorStatus = defineDetector({
  id: 'error_status',
  tier: 'filter',
  finds: 'a run that ended with an error, or failed in a step that it did not recover from',
  detect(run) {
    const { trace } = run;
    if (trace.status === 'unset' && trace.spans.length === 0) return NO_STATUS;
    if (trace.status !== 'error' || isRecovered(trace)) return noFinding;
    const { type, message, spanId } = trace.error ?? { type: '', message: '', spanId: null };
    const infrastructure = infrastructureErrorIn(`${type} ${message}`);
    const isNamed = type !== '' && type !== OTHER;
    const name = isNamed ? type : 'untyped';
    return run.finding({
      category: infrastructure === null ? null : 'infrastructure_error',
      confidence: 1,
      spanId,
      statement:
        infrastructure === null && !isNamed
          ? sentence('The run ended with an error')
          : statement`The run ended with an error (${word(infrastructure?.description ?? mask(name).slice(0, 60))})`,
      cause:
        infrastructure === null ? [maskedKey(name, 60), maskedKey(message)] : [infrastructure.kind],
      evidence: [
        run.quote('/error/message', message, spanId) ??
          run.quote('/error/type', type, spanId) ??
          run.quote('/status', 'error', spanId),
      ],
    });
  },
});

/**
 * Recorders mark a run as failed when any step in it failed. The run recovered when no outermost span
 * describes an error of its own, the last failed step was followed by one of its kind that worked, and an
 * answer came.
 */
function isRecovered({ spans, output }: Trace): boolean {
  if (output.trim() === '') return false;
  const isFailing = ({ status, error }: Span): boolean => status === 'error' || error !== null;
  if (spans.some((span) => span.parentId === null && describesError(span))) return false;
  const last = spans.findLastIndex((span) => STEPS.has(span.kind) && isFailing(span));
  const failing = spans[last];
  return (
    failing !== undefined &&
    spans.some((span, at) => at > last && span.kind === failing.kind && !isFailing(span))
  );
}

const describesError = ({ error }: Span): boolean =>
  error !== null && (error.message !== '' || !['', OTHER].includes(error.type));

const STEPS: ReadonlySet<Span['kind']> = new Set([
  'model',
  'tool',
  'retrieval',
  'embedding',
  'rerank',
  'memory',
]);
