import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTraces, type Trace } from '../src/culprit.ts';
import { writeSuite } from './eval-suite.ts';
import { runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-otlp-'));

/** A target that records each answer as a span, which is what a collector has. */
const AGENT = `
import { appendFileSync } from 'node:fs';
const text = (key, stringValue) => ({ key, value: { stringValue } });
const message = (role, content) => JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);
export default (request) => {
  if (request.case === 'control-102') throw new Error('no connection');
  const number = request.input.replace(/\\D/g, '');
  const answer = request.case.startsWith('guard') ? 'A refund comes.' : 'A new one comes.';
  const span = {
    traceId: number.padStart(32, 'a'), spanId: number.padStart(16, 'b'), name: 'invoke_agent shop',
    startTimeUnixNano: '1760000000000000000', endTimeUnixNano: '1760000001000000000',
    attributes: [
      text('gen_ai.operation.name', 'invoke_agent'),
      text('gen_ai.input.messages', message('user', request.input)),
      text('gen_ai.output.messages', message('assistant', answer)),
    ],
  };
  const data = { resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans: [span] }] }] };
  appendFileSync('collected.jsonl', JSON.stringify(data) + '\\n');
  return data;
};
`;

test('verdicts come back as scores of the traces that the target recorded', async () => {
  writeSuite(join(folder, 'evals'), { guards: 1, controls: 2 });
  writeFileSync(join(folder, 'agent.mjs'), AGENT);
  const args = ['--target', './agent.mjs', '--otlp', 'results.otlp.jsonl'];
  const { status, stderr } = await runCulprit(['eval', 'evals', ...args], { cwd: folder });
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });

  const logs = readFileSync(join(folder, 'results.otlp.jsonl'), 'utf8');
  const lines = logs.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  const failed = lines.find((line) => line.includes('control-102'));
  const [only] = JSON.parse(failed!).resourceLogs[0].scopeLogs[0].logRecords;
  expect(only.eventName).toBe('gen_ai.evaluation.result');
  expect(only.attributes).toContainEqual({
    key: 'error.type',
    value: { stringValue: 'exception' },
  });

  const spans = readFileSync(join(folder, 'collected.jsonl'), 'utf8');
  const traces: Trace[] = [];
  for await (const trace of readTraces(new TextEncoder().encode(spans + logs))) traces.push(trace);
  const scores = new Map(
    traces
      .filter((trace) => trace.spans.length > 0)
      .map(({ id, scores: found }) => [
        id.replace(/^a+/, ''),
        found.map(({ name, value, label, spanId }) => ({ name, value, label, spanId })),
      ]),
  );
  const at = (number: string) => ({ spanId: number.padStart(16, 'b') });
  expect(scores.get('1')).toEqual([
    { name: 'contains', value: 0, label: 'fail', ...at('1') },
    { name: 'culprit.case', value: 0, label: 'fail', ...at('1') },
  ]);
  expect(scores.get('101')).toEqual([
    { name: 'contains', value: 1, label: 'pass', ...at('101') },
    { name: 'culprit.case', value: 1, label: 'pass', ...at('101') },
  ]);
});

test('a file that cannot be written is named', async () => {
  writeSuite(join(folder, 'again'), { guards: 1, controls: 1 });
  const args = ['--target', 'cmd:echo hi', '--otlp', 'no/such/folder/x.jsonl'];
  const { status, stderr } = await runCulprit(['eval', 'again', ...args], { cwd: folder });
  expect(status).toBe(1);
  expect(stderr).toContain('no/such/folder/x.jsonl: cannot be written');
});
