import type { Json, JsonObject } from '../../contract/json.ts';
import type { Score } from '../../contract/trace.ts';
import { numberOf, pick, stringOf, textOf } from '../json/json-value.ts';
import type { RawRecord } from '../record.ts';
import { judged, recordsIn, runRecord, type Turn, turnsOf } from './run.ts';
import type { Shape } from './shape.ts';

const METRICS = ['metricsData', 'metrics_data'] as const;
const CASES = ['testCases', 'test_cases', 'test_results', 'testResults'] as const;
const DIALOGS = ['conversationalTestCases', 'conversational_test_cases'] as const;

/** A test run of DeepEval: one trace for each case. */
export const deepevalShape: Shape = {
  format: 'deepeval-run',
  clues: ['testCases', 'test_cases', 'test_results', 'testResults', 'metricsData', 'metrics_data'],
  matches: (value) => CASES.some((key) => recordsIn(value[key]).some(isCase)) || isCase(value),
  read: (value) =>
    isCase(value)
      ? [caseRecord(value)]
      : [...CASES, ...DIALOGS].flatMap((key) => recordsIn(value[key]).map(caseRecord)),
};

const isCase = (value: JsonObject): boolean => METRICS.some((key) => key in value);

function caseRecord(row: JsonObject): RawRecord {
  const seconds = numberOf(
    pick(row, 'runDuration', 'run_duration', 'completionTime', 'completion_time'),
  );
  return runRecord(
    stringOf(pick(row, 'id', 'name')),
    turnsIn(row),
    {
      retrieved: row['retrievalContext'] ?? row['retrieval_context'],
      duration_s: seconds,
      cost: numberOf(pick(row, 'tokenCost', 'token_cost')),
      tags: row['tags'],
      metadata: metadataOf(row),
    },
    { scores: scoresOf(row) },
  );
}

function turnsIn(row: JsonObject): Turn[] {
  const turns = turnsOf(row['turns']);
  if (turns.length > 0) return turns;
  const tools = recordsIn(row['toolsCalled'] ?? row['tools_called']);
  const calls = tools.map(
    (tool, at): Json => ({
      id: `call-${at}`,
      name: tool['name'] ?? '',
      arguments: pick(tool, 'inputParameters', 'input_parameters') ?? {},
    }),
  );
  const results = tools.flatMap((tool, at): Turn[] => {
    const { output } = tool;
    if (output === undefined || output === null) return [];
    return [{ message: { role: 'tool', tool_call_id: `call-${at}`, content: textOf(output) } }];
  });
  const asked = textOf(row['input']);
  const answer = textOf(row['actualOutput'] ?? row['actual_output']);
  return [
    { message: { role: 'user', content: asked } },
    ...(calls.length === 0
      ? []
      : [{ message: { role: 'assistant', content: '', tool_calls: calls } }]),
    ...results,
    ...(answer === '' ? [] : [{ message: { role: 'assistant', content: answer } }]),
  ];
}

function scoresOf(row: JsonObject): Score[] {
  const metrics = METRICS.flatMap((key) => recordsIn(row[key]));
  return metrics.flatMap((metric) => {
    const name = stringOf(metric['name']);
    const value = numberOf(metric['score']);
    const { success } = metric;
    if (name === null || (value === null && typeof success !== 'boolean')) return [];
    const label = typeof success === 'boolean' ? (success ? 'pass' : 'fail') : null;
    return [judged(name, value, label, stringOf(metric['reason']), 'model')];
  });
}

function metadataOf(row: JsonObject): JsonObject | null {
  const expected = pick(row, 'expectedOutput', 'expected_output');
  const held = pick(row, 'additionalMetadata', 'additional_metadata', 'metadata');
  const bag = typeof held === 'object' && held !== null && !Array.isArray(held) ? held : {};
  return expected === undefined ? (bag as JsonObject) : { ...(bag as JsonObject), expected };
}
