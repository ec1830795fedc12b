import { CulpritError } from '../../contract/culprit-error.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import { cleanJson } from '../../text/clean-json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { faultAt, parseYaml, plainValue } from '../suite/located.ts';
import { type Comparison, fromRows } from './dataset-rows.ts';
import type { Incoming } from './incoming.ts';
import {
  fromPromptfooConfig,
  fromPromptfooResults,
  isPromptfooConfig,
  isPromptfooResults,
} from './promptfoo-config.ts';

/** Keys under which exports of datasets keep their rows. */
const ROW_KEYS = ['data', 'items', 'examples', 'rows', 'samples'];

/** The rows of a table, which only Node.js code can parse. Throws `invalid_suite`. */
export type ReadTable = (
  text: string,
  file: string,
) => readonly { readonly cells: Readonly<Record<string, string>>; readonly line: number }[];

/**
 * The cases of a file that another program wrote, recognized by its content: configurations and results of promptfoo,
 * samples of OpenAI Evals, datasets of Langfuse and LangSmith, tables.
 * @throws CulpritError `invalid_suite` with file and line for what cannot be parsed; `empty_input` without a case.
 */
export function readIncoming(
  text: string,
  file: string,
  comparison: Comparison,
  readTable: ReadTable,
): Incoming {
  const bare = text.replace(/^\ufeff/, '');
  const incoming = /\.[ct]sv$/i.test(file)
    ? table(readTable(bare, file), comparison)
    : read(bare, file, comparison);
  if (incoming.cases.length > 0) return incoming;
  const [loss] = incoming.losses;
  throw new CulpritError(
    'empty_input',
    `${file}: there is no case in it, read as ${incoming.format}${loss === undefined ? '' : ` (${loss.what})`}`,
  );
}

function read(text: string, file: string, comparison: Comparison): Incoming {
  if (/\.ya?ml$/i.test(file))
    return whole(cleaned(plainValue(parseYaml(text, file))), file, comparison);
  const lines = /\.(?:jsonl|ndjson)$/i.test(file);
  const value = lines ? undefined : wholeJson(text);
  return value === undefined ? jsonLines(text, file, comparison) : whole(value, file, comparison);
}

function whole(value: Json, file: string, comparison: Comparison): Incoming {
  if (isPromptfooResults(value)) return fromPromptfooResults(value);
  if (isPromptfooConfig(value)) return fromPromptfooConfig(value);
  const rows = isList(value)
    ? value
    : isRecord(value)
      ? ROW_KEYS.map((key) => value[key]).find(isList)
      : undefined;
  if (rows === undefined)
    throw faultAt(
      file,
      'this is no file that can be imported: give a configuration or results of promptfoo, or a list of cases (JSON, JSON Lines, CSV)',
    );
  const wrong = rows.findIndex((row) => !isRecord(row));
  if (wrong >= 0) throw faultAt(file, `item ${wrong + 1} of the list is not an object`);
  return fromRows(
    rows as readonly JsonObject[],
    rows.map((_, index) => `item ${index + 1}`),
    comparison,
  );
}

function wholeJson(text: string): Json | undefined {
  try {
    return cleaned(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function jsonLines(text: string, file: string, comparison: Comparison): Incoming {
  const rows: JsonObject[] = [];
  const places: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const value = wholeJson(line);
    if (!isRecord(value))
      throw faultAt(
        `${file}:${index + 1}`,
        value === undefined ? 'not valid JSON' : 'not a JSON object',
      );
    rows.push(value);
    places.push(`line ${index + 1}`);
  }
  return fromRows(rows, places, comparison);
}

const table = (rows: ReturnType<ReadTable>, comparison: Comparison): Incoming =>
  fromRows(
    rows.map(({ cells }) => cleaned(cells) as JsonObject),
    rows.map(({ line }) => `line ${line}`),
    comparison,
  );

/** Without keys that name prototypes. */
const cleaned = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? cleanJson(value) : (value as Json);
