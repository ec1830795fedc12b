import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { readRecords } from '../testing/read-records.ts';
import { bufferOf, parquetRows } from './parquet.ts';

const sample = (name: string) =>
  new Uint8Array(readFileSync(resolve(import.meta.dirname, `../testing/parquet/${name}.parquet`)));

async function rowsOf(name: string): Promise<Json[]> {
  const rows: Json[] = [];
  for await (const batch of parquetRows(bufferOf(sample(name)))) rows.push(...batch);
  return rows;
}

const TRACE = '4a1b2c3d4e5f60718293a4b5c6d7e8f9';
const START = Date.UTC(2026, 0, 5, 10, 0, 0, 123);

// What the files hold is in testing/parquet/generate.py.
describe('Parquet', () => {
  it('rows come in order over all row groups; what JSON cannot hold becomes text', async () => {
    const rows = await rowsOf('rows');
    expect(rows).toHaveLength(5);
    expect(rows[0]).toEqual({
      id: 1,
      question: 'a',
      answer: 'A',
      rating: 5,
      large: '4611686018427387904',
      when: '2026-01-05T10:00:00.123Z',
    });
    expect(rows[2]).toHaveProperty('answer', null);
    const { formats, conversations } = readRecords(rows);
    expect(formats).toEqual(['rows']);
    expect(conversations.map((each) => [each.id, each.input, each.output])).toEqual([
      ['1', 'a', 'A'],
      ['2', 'b', 'B'],
      ['3', 'c', null],
      ['4', 'd', ''],
      ['5', 'e', 'E'],
    ]);
    expect(conversations[1]?.scores).toMatchObject([{ name: 'rating', value: 1 }]);
  });

  it('Phoenix dataframes: nested lists of messages, documents and events', async () => {
    const { formats, spans, scores } = readRecords(await rowsOf('phoenix'));
    expect(formats).toEqual(['phoenix-dataframe']);
    expect(spans).toMatchObject([
      {
        traceId: TRACE,
        spanId: 'b7ad6b7169203331',
        parentId: null,
        startTime: START,
        endTime: START + 1500,
        statusCode: 'error',
        events: [{ name: 'exception', attributes: { 'exception.message': 'rate limited' } }],
        attributes: {
          'openinference.span.kind': 'LLM',
          'llm.token_count.prompt': 12,
          'llm.input_messages.0.message.role': 'user',
          'llm.input_messages.0.message.content': 'When does it ship?',
        },
      },
      {
        spanId: '00f067aa0ba902b7',
        parentId: 'b7ad6b7169203331',
        statusCode: 'ok',
        attributes: {
          'retrieval.documents.0.document.id': 'd1',
          'retrieval.documents.0.document.content': 'On Fridays.',
          'retrieval.documents.0.document.score': 0.9,
        },
      },
    ]);
    expect(scores).toMatchObject([
      { score: { name: 'relevance', value: 0.5, label: 'partly', spanId: 'b7ad6b7169203331' } },
    ]);
  });

  it('Langfuse observations: maps of usage and cost', async () => {
    const { formats, spans } = readRecords(await rowsOf('langfuse-observations'));
    expect(formats).toEqual(['langfuse-observation']);
    expect(spans).toMatchObject([
      {
        traceId: TRACE,
        spanId: 'o1',
        parentId: 'o2',
        startTime: START,
        attributes: {
          'langfuse.observation.type': 'generation',
          'langfuse.observation.usage_details': { input: 12, output: 3 },
          'langfuse.observation.cost_details': { total: 0.25 },
          'langfuse.observation.output': { role: 'assistant', content: 'Here.' },
          'langfuse.observation.metadata.tenant': 'acme',
        },
      },
      {
        spanId: 'o2',
        parentId: null,
        endTime: null,
        statusCode: 'error',
        statusMessage: 'no such order',
      },
    ]);
  });

  it('LangSmith runs: inputs and outputs as JSON text', async () => {
    const { formats, spans } = readRecords(await rowsOf('langsmith-runs'));
    expect(formats).toEqual(['langsmith-run']);
    expect(spans).toMatchObject([
      {
        parentId: null,
        attributes: {
          'gen_ai.prompt': { input: 'Where?' },
          'langsmith.metadata.tenant': 'acme',
          'langsmith.span.tags': ['prod'],
        },
      },
      {
        parentId: '01a202dba3ac7000800003895139d317',
        statusCode: 'error',
        statusMessage: 'Error: 429',
        attributes: { 'gen_ai.prompt': { messages: [{ role: 'user', content: 'Where?' }] } },
      },
    ]);
  });
});
