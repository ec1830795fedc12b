import { createHash } from 'node:crypto';
import type { Json } from '../../contract/json.ts';
import type { ToolDefinition, Trace } from '../../contract/trace.ts';
import type { DefinitionRow, TraceRow } from '../../store/telemetry/telemetry.ts';
import { byText } from '../../text/by-text.ts';
import { isRecord } from '../../text/json.ts';
import { promptTextOf } from '../../trace/prompt-text.ts';

/** Characters of a text that are kept. */
const MAX_DEFINITION = 65_536;
const MAX_NAME = 200;
/** Tools of a trace that are looked at. */
const MAX_TOOLS = 256;

/**
 * The prompt and the tools of a trace. A prompt without a name goes by the name of its trace. A prompt without a version,
 * and every tool, has the beginning of the hash of its text for one.
 */
export function definitionRows(trace: Trace, row: TraceRow): readonly DefinitionRow[] {
  const { project, traceId, start, expires } = row;
  const common = { project, traceId, first: start, last: start, expires };
  const named = (
    kind: DefinitionRow['kind'],
    name: string,
    version: string | null,
    text: string,
  ) => {
    const hash = hashOf(text);
    return {
      ...{ ...common, kind, hash, name: name.slice(0, MAX_NAME) || UNNAMED },
      version: version?.slice(0, MAX_NAME) || `sha:${hash.slice(0, 12)}`,
      text: text.slice(0, MAX_DEFINITION),
      size: text.length,
    };
  };
  const prompt = promptTextOf(trace);
  const name = trace.promptName ?? trace.name ?? '';
  return [
    ...(prompt === '' ? [] : [named('prompt', name, trace.promptVersion, prompt)]),
    ...trace.tools
      .slice(0, MAX_TOOLS)
      .map((tool) => named('tool', tool.name, null, toolText(tool))),
  ];
}

const UNNAMED = 'unnamed';

const hashOf = byText((text) => createHash('sha256').update(text).digest('hex').slice(0, 32));

/** The description, then the schema of the arguments as indented JSON with its keys in order. */
const toolText = ({ description, parameters }: ToolDefinition): string =>
  `${description}${description === '' || parameters === null ? '' : '\n\n'}${parameters === null ? '' : indented(JSON.stringify(parameters))}`;

const indented = byText((json) => JSON.stringify(inOrder(JSON.parse(json) as Json), null, 2));

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key] ?? null)]));
}
