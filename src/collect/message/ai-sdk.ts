import type { Json, JsonObject } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';

/** True for the list of calls that AI SDK recorders write for a reply that only calls tools. */
export function isCallList(value: readonly Json[]): boolean {
  return (
    value.length > 0 &&
    value.every(
      (item) => isRecord(item) && typeof item['toolName'] === 'string' && 'toolCallId' in item,
    )
  );
}

/**
 * The tool part of an AI SDK `UIMessage` as a call with its outcome: `tool-NAME`, `dynamic-tool`, and version 4's
 * `tool-invocation`. Null for other parts.
 */
export function uiToolPart(part: JsonObject, type: string): JsonObject | null {
  if (type === 'tool-invocation') {
    const held = part['toolInvocation'];
    return isRecord(held) ? { ...held, output: held['result'] } : null;
  }
  if (!('toolCallId' in part)) return null;
  if (type === 'dynamic-tool') return part;
  return type.startsWith('tool-') ? { ...part, toolName: type.slice('tool-'.length) } : null;
}

/** True when the call has come to an end. */
export function isUiToolDone({ state, output }: JsonObject): boolean {
  return (
    state === 'output-available' ||
    state === 'output-error' ||
    state === 'result' ||
    (state === undefined && output !== undefined && output !== null)
  );
}

/** The parts of an AI SDK chat reply, which holds calls, results and answer, cut into its steps. Other lists are one step. */
export function uiSteps(parts: readonly Json[]): readonly (readonly Json[])[] {
  if (!parts.some(isUiPart)) return [parts];
  const steps: Json[][] = [];
  let step: Json[] = [];
  let hasTool = false;
  const close = (): void => {
    if (step.length > 0) steps.push(step);
    step = [];
    hasTool = false;
  };
  for (const part of parts) {
    const type = isRecord(part) ? part['type'] : undefined;
    if (type === 'step-start' || (type === 'text' && hasTool)) close();
    if (type !== 'step-start') step.push(part);
    hasTool ||= isRecord(part) && typeof type === 'string' && uiToolPart(part, type) !== null;
  }
  close();
  return steps.length === 0 ? [[]] : steps;
}

function isUiPart(part: Json): boolean {
  if (!isRecord(part)) return false;
  const { type } = part;
  return type === 'step-start' || (typeof type === 'string' && uiToolPart(part, type) !== null);
}
