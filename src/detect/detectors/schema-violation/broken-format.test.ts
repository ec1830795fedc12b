import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../contract/trace.ts';
import { assistant, makeSpan, makeTrace, runOf, system, user } from '../../../testing/trace.ts';
import { findingsIn } from '../../define.ts';
import type { Finding } from '../../finding.ts';
import { brokenFormat } from './broken-format.ts';

const PROMPT =
  'You are Nora.\nGive the final answer as JSON only: {"answer": string, "next_step": "none" | "wait"}.';

const answered = (answer: string, prompt = PROMPT) =>
  makeTrace({ messages: [system(prompt), user('Hello'), assistant(answer)] });

const kinds = (trace: Trace) =>
  findingsIn((brokenFormat(runOf(trace)) ?? []) as readonly (Finding | null)[]).map(({ cause }) =>
    cause.join(' '),
  );

describe('brokenFormat', () => {
  it.each([
    ['Hi!', ['no json']],
    ['```json\n{"answer": "Hi", "next_step": "none"}\n```', ['json in code fence']],
    ['{"answer": "Hi"}', ['answer missing next_step']],
    ['{"answer": "Hi", "next_step": "wait"}', []],
    ['', []],
  ])('checks %j against a prompt that asks for JSON', (answer, expected) => {
    expect(kinds(answered(answer))).toEqual(expected);
  });

  it.each([
    'Respond in JSON.',
    'Your output must be written as a valid JSON object.',
    'Always reply with JSON, please.',
    'Return only valid JSON',
  ])('reads %j as a request for JSON', (prompt) => {
    expect(kinds(answered('Hi!', prompt))).toEqual(['no json']);
  });

  it.each([
    'Explain what JSON is.',
    'Never answer in JSON.',
    'Output: Output of the function in JSON format.',
    'The tools return JSON objects.',
    'Help with JSON Path questions.',
  ])('does not read %j as a request for JSON', (prompt) => {
    expect(kinds(answered('Hi!', prompt))).toEqual([]);
  });

  const schema = {
    type: 'object',
    properties: { answer: { type: 'string' }, score: { type: 'number' } },
    required: ['answer'],
  };

  it.each([
    [
      'llm.invocation_parameters',
      JSON.stringify({
        response_format: { type: 'json_schema', json_schema: { name: 'a', schema } },
      }),
    ],
    ['gen_ai.request.response_format', { type: 'json_schema', json_schema: { schema } }],
    ['gen_ai.output.schema', schema],
  ])('validates the answer against the schema in %s', (key, value) => {
    const trace = (output: string) =>
      makeTrace({ output, spans: [makeSpan({ kind: 'model', attributes: { [key]: value } })] });
    expect(kinds(trace('{"answer": "x", "score": "high"}'))).toEqual(['answer wrong type score']);
    expect(kinds(trace('{"score": 1}'))).toEqual(['answer missing answer']);
    expect(kinds(trace('{"answer": "x"}'))).toEqual([]);
    expect(kinds(trace('plain'))).toEqual(['no json']);
  });

  it('trusts the output type of the request', () => {
    const spans = (type: string) => [
      makeSpan({ kind: 'model', attributes: { 'gen_ai.output.type': type } }),
    ];
    expect(kinds(makeTrace({ output: 'Hi', spans: spans('json') }))).toEqual(['no json']);
    expect(kinds(makeTrace({ output: 'Hi', spans: spans('text') }))).toEqual([]);
  });
});
