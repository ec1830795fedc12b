import type { Json } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { requestLanguage } from '../../text/request-language.ts';
import { operationOf } from '../file/norms.ts';

const LONGEST_VALUE = 200;
const LONGEST_KEY = 100;
/** Keys read of the metadata of one trace. */
const MOST_KEYS = 200;
const DEEPEST = 4;

/**
 * What was recorded about a trace, by name: what its versions, its place and its request are, and every plain value of
 * its metadata as `metadata.<key>`. Users and sessions are left out: they name persons. Values are cut at 200 characters.
 */
export function attributesOf(trace: Trace): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, value: string | null): void => {
    if (value !== null && value !== '') found.set(name, value.slice(0, LONGEST_VALUE));
  };
  add('file', trace.origin.file);
  add('project', trace.project);
  add('promptName', trace.promptName);
  add('promptVersion', trace.promptVersion);
  add('release', trace.release);
  add('model', trace.model);
  add('tenant', trace.tenant);
  add('environment', trace.environment);
  add('operation', operationOf(trace));
  add('language', requestLanguage(trace));
  let room = MOST_KEYS;
  const addData = (path: string, value: Json | undefined, depth: number): void => {
    if (Array.isArray(value)) return;
    if (typeof value === 'object' && value !== null) {
      if (depth < DEEPEST)
        for (const [key, inner] of Object.entries(value))
          addData(`${path}.${key}`, inner, depth + 1);
    } else if (value !== null && value !== undefined && path.length <= LONGEST_KEY && room-- > 0)
      add(path, String(value));
  };
  addData('metadata', trace.metadata, 0);
  return found;
}

/** Names of the tools that a run called, each once. */
export function toolsOf({
  messages,
  spans,
}: Pick<Trace, 'messages' | 'spans'>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { toolCalls } of messages) for (const { name } of toolCalls) found.add(name);
  for (const { kind, name, toolCall } of spans)
    if (kind === 'tool') found.add(toolCall?.name ?? name);
  return found;
}
