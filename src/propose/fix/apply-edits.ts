import { createTwoFilesPatch } from 'diff';
import type { FixEdit } from '../../contract/fix.ts';
import type { ToolDefinition } from '../../contract/trace.ts';
import { isRecord } from '../../text/json.ts';
import { findMapping, type JsonPath, type JsonText, jsonText, withValue } from './json-edit.ts';

/** A text that a change is made in. */
export interface FixFile {
  /** Path, or what it is: `recorded prompt`. */
  readonly name: string;
  readonly text: string;
}

/** The prompt and the tools of an application; null for what is not known. */
export interface FixFiles {
  /** Plain text. */
  readonly prompt: FixFile | null;
  /** JSON that holds the definitions of tools in one of the usual forms. */
  readonly tools: FixFile | null;
}

/** The texts after a change; null for one that it leaves as it is. */
export interface Patched {
  readonly prompt: string | null;
  readonly tools: string | null;
}

/** The files with all edits made; null where one cannot be made, or where nothing changes. */
export function applied(edits: readonly FixEdit[], files: FixFiles): Patched | null {
  let prompt = files.prompt?.text ?? null;
  let tools = files.tools?.text ?? null;
  for (const edit of edits) {
    if (edit.kind === 'add_to_prompt' || edit.kind === 'replace_in_prompt')
      prompt = prompt === null ? null : inPrompt(prompt, edit);
    else tools = tools === null ? null : inTools(tools, edit);
    const changed = edit.kind.endsWith('prompt') ? prompt : tools;
    if (changed === null) return null;
  }
  const patched: Patched = {
    prompt: prompt === (files.prompt?.text ?? null) ? null : prompt,
    tools: tools === (files.tools?.text ?? null) ? null : tools,
  };
  return patched.prompt === null && patched.tools === null ? null : patched;
}

/** What changes, as a unified diff. */
export function diffOf({ prompt, tools }: FixFiles, patched: Patched): string {
  const parts = [
    [prompt, patched.prompt],
    [tools, patched.tools],
  ] as const;
  return parts
    .flatMap(([file, after]) =>
      file === null || after === null
        ? []
        : [
            createTwoFilesPatch(
              `a/${file.name}`,
              `b/${file.name}`,
              file.text,
              after,
              undefined,
              undefined,
              {
                context: 3,
                headerOptions: {
                  includeIndex: false,
                  includeUnderline: false,
                  includeFileHeaders: true,
                },
              },
            ),
          ],
    )
    .join('');
}

type PromptEdit = Extract<FixEdit, { kind: 'add_to_prompt' | 'replace_in_prompt' }>;

function inPrompt(prompt: string, edit: PromptEdit): string | null {
  if (edit.kind === 'add_to_prompt') {
    const end = prompt.includes('\r\n') ? '\r\n' : '\n';
    return prompt.includes(edit.text) ? null : `${prompt.trimEnd()}${end}${edit.text}${end}`;
  }
  const at = prompt.indexOf(edit.find);
  if (at < 0 || prompt.includes(edit.find, at + 1)) return null;
  return prompt.slice(0, at) + edit.text + prompt.slice(at + edit.find.length);
}

type ToolEdit = Exclude<FixEdit, PromptEdit>;

function inTools(text: string, edit: ToolEdit): string | null {
  const json = jsonText(text);
  const tool = json === null ? null : toolPath(json, edit.tool);
  if (json === null || tool === null) return null;
  if (edit.kind === 'describe_tool') return withValue(json, [...tool, 'description'], edit.text);
  const argument = argumentPath(json, tool, edit.argument);
  if (argument === null) return null;
  return edit.kind === 'allow_values'
    ? withValue(json, [...argument, 'enum'], [...edit.values])
    : withValue(json, [...argument, 'description'], edit.text);
}

/** Where the parameters of a tool are, by the API that it is defined for. */
const PARAMETERS = ['parameters', 'input_schema', 'inputSchema'] as const;

const toolPath = (json: JsonText, tool: string): JsonPath | null =>
  findMapping(json, (value) => value['name'] === tool);

function argumentPath(json: JsonText, tool: JsonPath, argument: string): JsonPath | null {
  const known = PARAMETERS.find((key) => json.document.hasIn([...tool, key]));
  if (known === undefined) return null;
  let path: JsonPath = [...tool, known];
  for (const field of argument.split('.')) {
    if (json.document.hasIn([...path, 'items'])) path = [...path, 'items'];
    path = [...path, 'properties', field];
    if (!json.document.hasIn(path)) return null;
  }
  return path;
}

/** The definitions in such a file; none where it has another form. */
export function definitionsIn(text: string): readonly ToolDefinition[] {
  const found: ToolDefinition[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth > 4) return;
    if (Array.isArray(value)) for (const each of value) visit(each, depth + 1);
    if (!isRecord(value)) return;
    const parameters = PARAMETERS.map((key) => value[key]).find(isRecord);
    if (typeof value['name'] === 'string' && (parameters !== undefined || 'description' in value))
      found.push({
        name: value['name'],
        description: typeof value['description'] === 'string' ? value['description'] : '',
        parameters: (parameters ?? null) as ToolDefinition['parameters'],
      });
    else for (const each of Object.values(value)) visit(each, depth + 1);
  };
  try {
    visit(JSON.parse(text), 0);
  } catch {
    return [];
  }
  return found;
}
