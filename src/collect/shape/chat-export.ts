import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { pick, recordOf, stringOf } from '../json/json-value.ts';
import { recordsIn, runRecord, type Turn } from './run.ts';
import type { Shape } from './shape.ts';
import { timeOf } from './time.ts';

/** A conversation of a ChatGPT account export: a tree of messages, read along the branch that is shown. */
const chatgpt: Shape = {
  format: 'chatgpt-export',
  clues: ['mapping'],
  matches: (value) =>
    isRecord(value['mapping']) && ('current_node' in value || 'create_time' in value),
  read: (value) => {
    const mapping = recordOf(value['mapping']);
    const messages = branch(mapping, stringOf(value['current_node'])).flatMap((node) =>
      isRecord(node['message']) ? [node['message']] : [],
    );
    return [
      runRecord(stringOf(pick(value, 'conversation_id', 'id')), messages.flatMap(chatgptTurn), {
        name: value['title'],
        timestamp: value['create_time'],
        end_time: value['update_time'],
        provider: 'openai',
      }),
    ];
  },
};

/** A conversation of a Claude account export. */
const claude: Shape = {
  format: 'claude-export',
  clues: ['chat_messages'],
  matches: (value) => isList(value['chat_messages']) && 'uuid' in value,
  read: (value) => [
    runRecord(
      stringOf(value['uuid']),
      recordsIn(value['chat_messages']).map((message) => ({
        message: {
          role: message['sender'] === 'human' ? 'user' : 'assistant',
          content: isList(message['content']) ? message['content'] : (message['text'] ?? ''),
        },
      })),
      {
        name: value['name'],
        timestamp: value['created_at'],
        end_time: value['updated_at'],
        provider: 'anthropic',
      },
    ),
  ],
};

export const chatExportShapes: readonly Shape[] = [chatgpt, claude];

function branch(mapping: JsonObject, current: string | null): JsonObject[] {
  const nodes: JsonObject[] = [];
  const seen = new Set<string>();
  let id = current ?? lastLeaf(mapping);
  while (id !== null && !seen.has(id)) {
    seen.add(id);
    const node = recordOf(mapping[id]);
    nodes.push(node);
    id = stringOf(node['parent']);
  }
  return nodes.reverse();
}

const lastLeaf = (mapping: JsonObject): string | null =>
  Object.keys(mapping).findLast((id) => {
    const { children } = recordOf(mapping[id]);
    return !isList(children) || children.length === 0;
  }) ?? null;

function chatgptTurn(message: JsonObject): Turn[] {
  const role = stringOf(recordOf(message['author'])['role']) ?? 'user';
  const content = recordOf(message['content']);
  const metadata = recordOf(message['metadata']);
  if (metadata['is_visually_hidden_from_conversation'] === true) return [];
  const parts = isList(content['parts']) ? content['parts'] : [content['text'] ?? ''];
  const text = parts.filter((part): part is string => typeof part === 'string').join('\n');
  if (text === '' || content['content_type'] === 'thoughts') return [];
  const turn: { role: string; content: Json } = { role, content: text };
  if (role !== 'assistant') return [{ message: turn }];
  return [
    {
      message: turn,
      call: {
        model: stringOf(metadata['model_slug']),
        time: timeOf(message['create_time']),
        finishReason: recordOf(metadata['finish_details'])['type'] ?? null,
      },
    },
  ];
}
