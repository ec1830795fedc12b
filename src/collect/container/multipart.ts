import type { Json, JsonObject } from '../../contract/json.ts';
import { cleanJson } from '../../text/clean-json.ts';
import { isRecord } from '../../text/json.ts';
import type { Sink } from './sink.ts';

const NAME = /name="([^"]{1,300})"/;

/**
 * A recorded LangSmith multipart body. Parts named `post.<id>`, `post.<id>.inputs`, … are put together
 * into one `{post: [run], patch: [run]}`; `feedback.<id>` parts come by themselves; attachments are left out.
 */
export function readMultipart(bytes: Uint8Array, sink: Sink): void {
  const text = new TextDecoder().decode(bytes);
  const start = text.indexOf('--');
  const boundary = text.slice(start, text.indexOf('\n', start)).trimEnd();
  const runs = { post: new Map<string, JsonObject>(), patch: new Map<string, JsonObject>() };
  for (const part of text.slice(start + boundary.length).split(`\n${boundary}`)) {
    const head = part.search(/\r?\n\r?\n/);
    const name = head < 0 ? null : NAME.exec(part.slice(0, head))?.[1];
    if (!name) continue;
    const [event = '', id = '', field] = name.split('.', 3);
    if (event === 'attachment') continue;
    const value = jsonOf(part.slice(head), name, sink);
    if (value === undefined) continue;
    if (event === 'post' || event === 'patch') {
      const run = { id, ...runs[event].get(id) };
      if (field !== undefined) runs[event].set(id, { ...run, [field]: value });
      else if (isRecord(value)) runs[event].set(id, { ...run, ...value });
    } else {
      sink.value(value, null);
    }
  }
  const [post, patch] = [[...runs.post.values()], [...runs.patch.values()]];
  if (post.length + patch.length > 0) sink.value({ post, patch }, null);
  else sink.broken('bad_multipart', 'no LangSmith runs among the parts', null);
}

function jsonOf(text: string, name: string, sink: Sink): Json | undefined {
  try {
    return cleanJson(JSON.parse(text));
  } catch (error) {
    sink.broken('broken_json', `part ${name} is not JSON: ${(error as Error).message}`, null);
    return undefined;
  }
}
