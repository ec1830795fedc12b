import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { recordOf, stringOf } from '../json/json-value.ts';

/**
 * The response that a recorded stream adds up to: chunks of Chat Completions, events of Anthropic Messages, chunks
 * of Gemini. Null for other lists.
 */
export function streamedBody(chunks: readonly Json[]): JsonObject | null {
  const records = chunks.filter(isRecord);
  if (records.length === 0 || records.length < chunks.length) return null;
  if (records.some((chunk) => chunk['type'] === 'message_start')) return anthropic(records);
  if (records[0]?.['object'] === 'chat.completion.chunk') return chatCompletion(records);
  return isList(records[0]?.['candidates']) ? gemini(records) : null;
}

function anthropic(events: readonly JsonObject[]): JsonObject {
  const blocks: { -readonly [K in keyof JsonObject]: JsonObject[K] }[] = [];
  let message: JsonObject = {};
  let stop: Json = null;
  let usage: JsonObject = {};
  for (const event of events) {
    const delta = recordOf(event['delta']);
    switch (event['type']) {
      case 'message_start':
        message = recordOf(event['message']);
        usage = recordOf(message['usage']);
        break;
      case 'content_block_start':
        blocks.push({ ...recordOf(event['content_block']) });
        break;
      case 'content_block_delta': {
        const block = blocks.at(-1);
        if (block === undefined) break;
        if (typeof delta['text'] === 'string')
          block['text'] = `${block['text'] ?? ''}${delta['text']}`;
        const json = delta['partial_json'];
        if (typeof json === 'string') block['input'] = `${stringOf(block['input']) ?? ''}${json}`;
        break;
      }
      case 'message_delta':
        stop = delta['stop_reason'] ?? stop;
        usage = { ...usage, ...recordOf(event['usage']) };
        break;
      default:
    }
  }
  return {
    ...message,
    type: 'message',
    role: 'assistant',
    content: blocks,
    stop_reason: stop,
    usage,
  };
}

function chatCompletion(chunks: readonly JsonObject[]): JsonObject {
  let content = '';
  let finish: Json = null;
  let usage: Json = null;
  const calls = new Map<number, { id: Json; name: string; arguments: string }>();
  for (const chunk of chunks) {
    usage = chunk['usage'] ?? usage;
    const choice = recordOf(isList(chunk['choices']) ? chunk['choices'][0] : null);
    finish = choice['finish_reason'] ?? finish;
    const delta = recordOf(choice['delta']);
    if (typeof delta['content'] === 'string') content += delta['content'];
    for (const each of isList(delta['tool_calls']) ? delta['tool_calls'] : []) {
      const call = recordOf(each);
      const index = typeof call['index'] === 'number' ? call['index'] : calls.size;
      const known = calls.get(index) ?? { id: null, name: '', arguments: '' };
      const called = recordOf(call['function']);
      calls.set(index, {
        id: call['id'] ?? known.id,
        name: known.name + (stringOf(called['name']) ?? ''),
        arguments: known.arguments + (stringOf(called['arguments']) ?? ''),
      });
    }
  }
  const message = { role: 'assistant', content, tool_calls: [...calls.values()] };
  const first = chunks[0] ?? {};
  return {
    id: first['id'],
    model: first['model'],
    choices: [{ message, finish_reason: finish }],
    usage,
  };
}

function gemini(chunks: readonly JsonObject[]): JsonObject {
  const candidates = chunks.map((chunk) =>
    recordOf(isList(chunk['candidates']) ? chunk['candidates'][0] : null),
  );
  const parts = candidates.flatMap((candidate) => {
    const held = recordOf(candidate['content'])['parts'];
    return isList(held) ? held : [];
  });
  const texts = parts.map((part) => (isRecord(part) ? part['text'] : null));
  const isText = texts.every((text) => typeof text === 'string');
  const content = { role: 'model', parts: isText ? [{ text: texts.join('') }] : parts };
  const last = chunks.at(-1) ?? {};
  return {
    ...last,
    candidates: [{ content, finishReason: candidates.at(-1)?.['finishReason'] ?? null }],
  };
}
