import type { Statement } from '../../../contract/signal.ts';
import { isRecord } from '../../../text/json.ts';
import { field, sentence, statement, word } from '../../../text/statement.ts';
import { type Inconclusive, inconclusive } from '../../define.ts';
import type { Finding } from '../../finding.ts';
import { fieldName } from '../../run/leaves.ts';
import type { Run } from '../../run/run.ts';
import { Schema } from '../../run/schema/schema.ts';
import { type JsonProblem, readJson } from './json-text.ts';
import { type RequestedJson, requestedJson } from './requested-format.ts';

const UNCHECKABLE = inconclusive('the schema of the answer cannot be checked');

/** How the final answer breaks the format requested of it; empty when it keeps it, null when none was requested. */
export function brokenFormat(run: Run): readonly (Finding | null)[] | Inconclusive | null {
  if (run.output === '') return null;
  const requested = requestedJson(run.trace);
  if (requested === null || run.output.trim() === '') return null;
  const read = readJson(run.output);
  if (read.kind === 'problem') {
    const { problem, quote } = read;
    return [broken(run, requested, [problem], sentence(SENTENCES[problem]), quote)];
  }
  const { value } = read;
  if (requested.schema !== null) {
    const violations = new Schema(requested.schema).violations(value);
    if (violations === null) return UNCHECKABLE;
    return violations.map(({ kind, path }) => {
      const name = fieldName(path);
      const place =
        name === ''
          ? statement`The answer breaks its schema: ${word(kind)}`
          : statement`The answer breaks its schema at ${field(name)}: ${word(kind)}`;
      return broken(run, requested, [`answer ${kind}`, name], place, run.output);
    });
  }
  if (requested.keys === null || !isRecord(value)) return [];
  return requested.keys
    .filter((key) => !Object.hasOwn(value, key))
    .map((key) =>
      broken(
        run,
        requested,
        ['answer missing', key],
        statement`The answer lacks ${field(key)}, which the prompt asks for`,
        run.output,
      ),
    );
}

const SENTENCES: Readonly<Record<JsonProblem, string>> = {
  'json in code fence': 'Expected JSON, got JSON in a code fence',
  'prose around json': 'Expected JSON, got JSON wrapped in prose',
  'single quotes in json': 'Expected JSON, got a Python literal with single quotes',
  'truncated json': 'Expected JSON, got JSON that was cut off',
  'invalid json': 'Expected JSON, got text that does not parse',
  'no json': 'Expected JSON, got plain text',
};

const broken = (
  run: Run,
  requested: RequestedJson,
  cause: readonly string[],
  how: Statement,
  text: string,
): Finding | null =>
  run.finding({
    cause,
    statement: how,
    confidence: 0.95,
    spanId: null,
    evidence: [
      run.quote('/output', text),
      run.quote(requested.path, requested.quote, requested.spanId),
    ],
  });
