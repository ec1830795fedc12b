import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { pick, structured } from '../json/json-value.ts';
import { addText, noPieces, type Pieces, readPart } from './message-part.ts';

/** Text of system instructions in any form: text, parts, or a content object. */
export function systemText(value: Json): string {
  return systemPieces(value).texts.join('\n');
}

/** Pieces of system instructions in any form. */
export function systemPieces(value: Json): Pieces {
  const parsed = structured(value);
  const pieces = noPieces();
  if (typeof parsed === 'string') addText(parsed, pieces);
  else if (isList(parsed)) for (const part of parsed) readPart(part, pieces);
  else if (isRecord(parsed)) {
    const parts = parsed['parts'];
    for (const part of isList(parts) ? parts : [parsed]) readPart(part, pieces);
  }
  return pieces;
}

/** System instructions beside the messages of a request: Anthropic, OpenAI Responses, Gemini. */
export function systemInstructionsOf(request: JsonObject): Json | undefined {
  const { config } = request;
  return (
    pick(request, 'system', 'instructions', 'system_instruction', 'systemInstruction') ??
    (isRecord(config) ? config['system_instruction'] : undefined)
  );
}
