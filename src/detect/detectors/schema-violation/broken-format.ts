import type { Evidence } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { quote } from '../../evidence.ts';
import { fieldName } from '../../run/schema/arguments.ts';
import { validate } from '../../run/schema/validate.ts';
import { type JsonProblem, readJson } from './json-text.ts';
import { type PromisedJson, promisedJson } from './requested-format.ts';

/** An answer that is not what its form was promised to be. */
export interface BrokenPromise {
  readonly kind: string;
  readonly field: string;
  readonly summary: string;
  readonly evidence: readonly (Evidence | null)[];
}

/** How the final answer breaks the form it was promised in; empty when it keeps it, null when none was promised. */
export function brokenPromises(trace: Trace): readonly BrokenPromise[] | null {
  if (trace.output === '') return null;
  const promise = promisedJson(trace);
  if (promise === null || trace.output.trim() === '') return null;
  const read = readJson(trace.output);
  if (read.kind === 'problem') {
    return [
      {
        kind: read.problem,
        field: '',
        summary: SUMMARIES[read.problem],
        evidence: evidenceOf(trace, promise, read.quote),
      },
    ];
  }
  const { value } = read;
  if (promise.schema !== null) {
    return (validate(value, promise.schema) ?? []).map(({ kind, path }) => ({
      kind: `answer ${kind}`,
      field: fieldName(path),
      summary: `The answer breaks its schema at \`${fieldName(path) || 'its root'}\`: ${kind}`,
      evidence: evidenceOf(trace, promise, trace.output),
    }));
  }
  if (promise.keys === null || typeof value !== 'object' || value === null || Array.isArray(value))
    return [];
  return promise.keys
    .filter((key) => !Object.hasOwn(value, key))
    .map((key) => ({
      kind: 'answer missing',
      field: key,
      summary: `The answer lacks \`${key}\`, which the prompt asks for`,
      evidence: evidenceOf(trace, promise, trace.output),
    }));
}

const SUMMARIES: Readonly<Record<JsonProblem, string>> = {
  'json in code fence': 'The answer was to be JSON and came in a code fence',
  'prose around json': 'The answer was to be JSON and came with prose around it',
  'single quotes in json': 'The answer was to be JSON and was written with single quotes',
  'truncated json': 'The answer was to be JSON and was cut off',
  'invalid json': 'The answer was to be JSON and does not parse',
  'no json': 'The answer was to be JSON and is plain text',
};

const evidenceOf = (trace: Trace, promise: PromisedJson, text: string): (Evidence | null)[] => [
  quote(trace, '/output', text, null),
  quote(trace, promise.path, promise.quote, promise.spanId),
];
