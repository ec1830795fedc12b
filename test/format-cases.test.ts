import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../src/contract/trace.ts';
import { type CaseCount, caseCount } from './import/case-count.ts';
import { importFiles } from './import/import-files.ts';

const cases = resolve(import.meta.dirname, '../../shared/cases');
const folder = join(cases, 'formats');
const isAbsent = !existsSync(folder);
if (isAbsent) console.warn(`skipped: the cases are not in ${folder}`);

/** What `index.md` beside the cases says must come out, in numbers. Files joined by `+` are read together. */
const TABLE = `
file traces model tools failed docs scores errors stopped input output roles
01-claude-code-session.jsonl                  1 6 4 3 0 0 0 0 6230 81 uatatatauata
02-codex-rollout.jsonl                        1 4 3 3 0 0 0 0 3000 60 suatatata
03-inspect-eval-log.json                      4 4 1 1 0 3 1 0 96 15 sua
04-promptfoo-results.json                     3 2 0 0 0 6 1 0 36 4 sua
04b-promptfoo-results.jsonl                   3 2 0 0 0 6 1 0 36 4 sua
05-openai-agents-sdk-spans.jsonl              3 6 3 1 0 0 1 0 360 63 suata
05b-openai-agents-ingest.json                 3 6 3 1 0 0 1 0 360 63 suata
06-gemini-batch.jsonl                         3 6 3 0 0 0 0 1 186 27 suata
06b-gemini-contents.jsonl                     3 3 3 0 0 0 0 0 0 0 suat
07-anthropic-batch-results.jsonl              3 2 1 0 0 0 1 0 225 14 a
07a-anthropic-batch-requests.jsonl            3 0 0 0 0 0 0 0 0 0 su
07b-anthropic-messages-log.jsonl              3 6 3 0 0 0 0 1 276 24 suata
08-litellm-standard-payload.jsonl             3 2 0 0 0 0 1 1 61 24 sua
09-bedrock-invocation-log.jsonl               3 6 3 1 0 0 0 1 183 33 suata
10-clickhouse-otel-traces.jsonl               3 3 0 0 0 0 1 0 153 27 sua
11-weave-calls.jsonl                          3 3 0 0 0 3 1 0 123 24 sua
12-braintrust-logs.jsonl                      3 3 3 1 0 4 1 0 123 27 suata
12b-braintrust-fetch.json                     3 3 3 1 0 4 1 0 123 27 suata
13-opik-cli-export-trace.json                 1 1 1 1 0 1 1 0 41 9 suata
13b-opik-traces-page.json                     3 0 0 0 0 3 0 0 123 27 ua
13d-opik-ui-export.json                       3 0 0 0 0 3 0 0 0 0 ua
14-helicone-requests.jsonl                    3 2 0 0 0 4 1 1 102 27 sua
15-ragas-scores.csv                           3 3 0 0 5 11 0 0 0 0 ua
15b-ragas-multiturn.jsonl                     3 6 3 0 0 3 0 0 0 0 uata
16-deepeval-test-run.json                     3 4 1 0 3 3 0 0 0 0 uata
17-openai-evals-log.jsonl                     3 3 0 0 0 3 0 0 0 0 sua
18-alpaca.jsonl                               3 3 0 0 0 0 0 0 0 0 ua
18b-sharegpt.json                             3 6 3 0 0 0 0 0 0 0 suata
19-chatgpt-export.json                        3 3 0 0 0 0 0 0 0 0 ua
20c-openai-chat-log-control.jsonl             3 3 0 0 0 0 0 1 90 21 sua
20d-openai-responses-incomplete.jsonl         4 3 0 0 0 0 1 1 90 21 sua
21-strands-events.otlp.json                   2 4 2 1 0 0 1 0 301 40 suata
21b-agentcore-cloudwatch.jsonl                2 4 2 1 0 0 1 0 301 40 suata
21c-strands-latest.otlp.json                  2 4 2 1 0 0 1 0 300 40 uata
22-cloudflare-ai-gateway.otlp.json            3 3 0 0 0 0 0 0 93 27 sua
23-bedrock-converse-blocks.otlp.json          3 3 3 1 0 0 0 0 93 27 uata
23b-bedrock-converse-awskeys.otlp.json        3 3 3 1 0 0 0 0 0 0 uata
25-braintrust-otel.otlp.json                  3 3 0 0 0 3 0 0 93 27 ua
25b-langwatch.otlp.json                       3 3 0 0 3 0 0 0 90 27 ua
26-azure-event-content.otlp.json              3 3 0 0 0 0 0 1 93 27 sua
27-claude-code-otel-logs.json                 3 4 3 1 0 0 2 0 450 60 ua
28d-openai-batch.jsonl                        4 2 0 0 0 0 2 2 6 8 ua
28e-chat-completion-bare.jsonl                3 3 0 0 0 0 0 2 9 8 a
31-langsmith-runs-feedback-stats.jsonl        3 0 0 0 0 6 0 0 120 27 ua
31c-langsmith-runs-df.csv                     3 0 0 0 0 6 0 0 120 27 ua
32-mlflow-search-traces-df.jsonl              3 0 3 1 0 3 1 0 120 27 uata
32b-mlflow-search-traces-df.csv               3 0 3 1 0 3 1 0 120 27 uata
33-posthog-ai-generation.jsonl                3 3 0 0 0 0 1 0 93 27 sua
36-atif-trajectory.json                       1 2 1 0 0 0 0 0 100 20 uata
36b-tau-bench-results.json                    3 6 3 0 0 3 0 0 0 0 suata
37-vercel-uimessages.jsonl                    3 6 3 1 0 0 0 0 0 0 uata
37b-langchain-messages.jsonl                  3 6 3 3 0 0 0 0 0 0 suata
37c-langchain-lc1.jsonl                       3 6 3 3 0 0 0 0 0 0 uata
37e-anthropic-messages-bare.jsonl             3 6 3 3 0 0 0 0 0 0 suata
38-generic-log.csv                            3 3 0 0 0 3 1 0 90 27 sua
40d-messages-response-choices.jsonl           3 3 0 0 0 0 0 0 90 27 sua
40e-messages-choices.jsonl                    3 3 0 0 0 0 0 0 90 27 sua
40i-openpipe-input-output.jsonl               3 3 2 0 0 0 0 1 141 177 sua
41a-trace-with-spans-input_text.jsonl         3 3 3 1 0 0 1 0 546 60 uata
41c-trace-with-spans-only.jsonl               3 3 3 1 0 0 1 0 546 60 at
42-turns-tool_call-tool_result.jsonl          3 6 3 1 0 3 0 0 0 0 suata
44-text-protocol-agent.json                   1 4 0 0 0 0 0 0 0 0 suatatata
45-boolean-outcome-columns.jsonl              10 10 0 0 0 10 1 0 0 0 ua
46a-concatenated-no-newline.jsonl             3 3 0 0 0 0 0 0 0 0 ua
50-sharegpt-12-good.json                      12 24 12 0 0 0 0 0 0 0 suata
51-uimessages-12-good.jsonl                   12 24 12 0 0 0 0 0 0 0 uata
53-litellm-8-truncated.jsonl                  8 8 0 0 0 0 0 8 248 96 sua
07a-anthropic-batch-requests.jsonl+07-anthropic-batch-results.jsonl 3 2 1 0 0 0 1 0 225 14 sua
`;

const KEYS: readonly (keyof CaseCount)[] = [
  'traces',
  'modelCalls',
  'toolCalls',
  'failedTools',
  'documents',
  'scores',
  'errors',
  'stopped',
  'inputTokens',
  'outputTokens',
];

const rows = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [file = '', ...cells] = line.split(/\s+/);
    const counts = Object.fromEntries(KEYS.map((key, at) => [key, Number(cells[at])]));
    return { file, counts: { ...counts, roles: cells[KEYS.length] } };
  });

const tracesOf = async (file: string): Promise<readonly Trace[]> =>
  (await importFiles(...file.split('+').map((name) => join(folder, name)))).traces;

describe.skipIf(isAbsent)('shapes from public reports', () => {
  it('each have a row in the table', () => {
    const onDisk = readdirSync(folder).filter((file) => !file.endsWith('.md'));
    const named = rows.map(({ file }) => file).filter((file) => !file.includes('+'));
    expect(named.sort()).toEqual(onDisk.sort());
  });

  it.each(rows)('$file', async ({ file, counts }) => {
    expect(caseCount(await tracesOf(file))).toEqual(counts);
  });

  it.each(rows)(
    '$file: no text is raw JSON of messages, and no part is unknown',
    async ({ file }) => {
      for (const { input, output, gaps } of await tracesOf(file)) {
        for (const text of [input, output])
          expect(text).not.toMatch(/"(?:role|choices|parts)"\s?:/);
        expect(gaps.filter(({ kind }) => kind === 'unknown_shape')).toEqual([]);
      }
    },
  );

  it('rows with one id for different runs are told apart by their line', async () => {
    const traces = await tracesOf('../causes/13-one-id-for-all-rows.jsonl');
    expect(traces.map(({ id }) => id)).toEqual(['root', 'root:2', 'root:3', 'root:4']);
  });

  it('messages in the input column give the request, and the tools beside them are offered', async () => {
    const [first] = await tracesOf('../causes/15-messages-in-the-input-column.csv');
    expect(first).toMatchObject({ input: 'My heater is broken.', output: 'Connecting you.' });
    expect(first?.tools.map(({ name }) => name)).toEqual(['update_contact', 'transfer_call']);
  });

  it('the outcome of a run is a score or an error', async () => {
    const judged = async (file: string): Promise<unknown> =>
      (await tracesOf(`../causes/16-shapes-not-read/${file}`)).map(({ scores, error }) => [
        scores.map(({ value }) => value),
        error?.type,
      ]);
    expect(await judged('inspect-log.json')).toEqual([
      [[1], undefined],
      [[0], undefined],
    ]);
    expect(await judged('tau2-results.json')).toEqual([
      [[0], undefined],
      [[1], undefined],
    ]);
    expect(await judged('sweagent.traj')).toEqual([[[], 'exit_cost']]);
  });
});
