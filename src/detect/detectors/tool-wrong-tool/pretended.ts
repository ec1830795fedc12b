import type { Json } from '../../../contract/json.ts';
import type { Evidence } from '../../../contract/signal.ts';
import { pointer } from '../../evidence.ts';
import { isObject } from '../../run/property.ts';
import type { Run } from '../../run/run.ts';

/** Where the run says that it makes up what a tool would have brought ("I will simulate the search"); null when it never does, or was asked to. */
export function pretendedWork(run: Run): Evidence | null {
  if (mayPretend(run.input)) return null;
  for (const [at, { role, content, toolCalls, spanId }] of run.messages.entries()) {
    if (role !== 'assistant') continue;
    const said = pretence(content);
    if (said !== null) return run.quote(`/messages/${at}/content`, said, spanId);
    for (const [index, call] of toolCalls.entries()) {
      const place = pointer('messages', at, 'toolCalls', index, 'arguments');
      for (const [path, text] of textsOf(call.arguments)) {
        const written = pretence(text);
        if (written !== null) return run.quote(`${place}${path}`, written, spanId);
      }
    }
  }
  for (const [at, { kind, output, id }] of run.spans.entries()) {
    if (kind !== 'model') continue;
    const said = pretence(output);
    if (said !== null) return run.quote(`/spans/${at}/output`, said, id);
  }
  return null;
}

/** Code is handed over as it is, or in one argument. */
const textsOf = (given: Json): readonly (readonly [string, string])[] => {
  if (typeof given === 'string') return [['', given]];
  if (!isObject(given)) return [];
  return Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [[pointer(name), value] as const] : [],
  );
};

function pretence(text: string): string | null {
  if (!mayPretend(text)) return null;
  return PRETENDS.exec(text.slice(0, 50_000))?.[0] ?? null;
}

/** Plain search first: hardly any text has the words. */
const mayPretend = (text: string): boolean => text.includes('imulat') || text.includes('n a real ');

const PRETENDS =
  /\b(?:I|we|let me|let us|let's)\b[^.\n]{0,30}\bsimulat(?:e|ed|ing)\b[^.\n]{0,80}\b(?:process|investigation|search|research|call|tool|result|response|output|extraction|transcription|execution|lookup|retrieval)s?\b|\bin a real (?:scenario|environment|setting|execution|situation|run),? (?:I|we) would\b[^.\n]{0,60}\b(?:call|use|run|execute|query|invoke)\b/i;
