import type { Json } from '../../contract/json.ts';
import { isList } from '../../text/json.ts';
import { structured } from '../json/json-value.ts';

/** Canonical word for a finish reason, a list of them (the first counts) or a comma-joined list; null when none. */
export function finishReasonOf(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  const parsed = structured(value);
  const first = isList(parsed) ? parsed[0] : parsed;
  if (typeof first !== 'string' || first === '') return null;
  const word = first.split(',', 1)[0]?.trim() ?? '';
  return CANONICAL.get(word.toLowerCase().replaceAll('-', '_')) ?? word;
}

const CANONICAL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    stop: 'stop',
    end_turn: 'stop',
    stop_sequence: 'stop',
    eos: 'stop',
    complete: 'stop',
    finish: 'stop',
    finished: 'stop',
    completed: 'stop',
    finish_reason_stop: 'stop',
    length: 'length',
    max_tokens: 'length',
    max_output_tokens: 'length',
    model_length: 'length',
    max_length: 'length',
    token_limit: 'length',
    token_limit_reached: 'length',
    model_context_window_exceeded: 'length',
    context_length_exceeded: 'length',
    finish_reason_max_tokens: 'length',
    tool_call: 'tool_call',
    tool_calls: 'tool_call',
    tool_use: 'tool_call',
    function_call: 'tool_call',
    content_filter: 'content_filter',
    content_filtered: 'content_filter',
    safety: 'content_filter',
    refusal: 'content_filter',
    recitation: 'content_filter',
    prohibited_content: 'content_filter',
    blocklist: 'content_filter',
    spii: 'content_filter',
    blocked: 'content_filter',
    guardrail_intervened: 'content_filter',
    error: 'error',
  }),
);
