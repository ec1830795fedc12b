import { type ExpectedFile, expectedFiles } from './expected-file.ts';
import type { ExpectedTrace } from './first-trace.ts';
import { RUNS } from './first-traces-of-runs.ts';
import { TRACING } from './first-traces-of-spans.ts';

/**
 * The payloads of test/fixtures/traces, handwritten in the form of each recorder or export; the contents
 * are invented. Counts of their content: traces, model calls, tool calls, passages, scores,
 * failures at their origin, and span ids (`-` if the file has none).
 */
const TABLE = `
file                          format                   traces model tool docs scores errors spans
agent-logs.json               otlp-json_(logs)           1 1 1 0 0 1 -
agentcore-cloudwatch.jsonl    otlp-json_(log)            1 1 0 0 0 0 1
ai-sdk.json                   otlp-json_(traces)         1 2 1 0 0 0 4
anthropic-gemini.jsonl        chat                       2 4 2 0 0 0 -
atif-trajectory.json          atif-trajectory            1 2 1 0 0 1 -
attribute-map.json            attribute-map              1 1 0 0 0 0 -
braintrust-log.jsonl          braintrust-log             1 1 0 0 1 0 2
chat.jsonl                    chat                       2 3 1 0 0 0 -
chatgpt-export.json           chatgpt-export             1 1 0 0 0 0 -
claude-code-session.jsonl     claude-code-session        1 2 1 0 0 1 -
claude-export.json            claude-export              1 1 0 0 0 0 -
clickhouse-logs.jsonl         clickhouse-logs            1 1 0 0 0 0 1
clickhouse-traces.jsonl       clickhouse-traces          1 1 0 0 0 1 1
codex-exec.jsonl              codex-exec                 1 2 1 0 0 0 -
codex-session.jsonl           codex-session              1 2 1 0 0 1 -
deepeval-run.json             deepeval-run               2 3 1 2 2 0 -
evaluation-table.csv          rows_(csv)                 2 2 0 4 5 0 -
galileo-record.jsonl          galileo-record             1 1 1 0 1 1 3
genkit.json                   otlp-json_(traces)         1 1 0 0 0 0 2
google-adk.json               otlp-json_(traces)         1 2 1 0 0 0 4
helicone-request.jsonl        helicone-request           1 1 0 0 1 0 -
hostile-keys.json             otlp-json_(traces)         1 1 0 0 0 0 1
inspect-log.json              inspect-log                1 2 1 0 1 1 -
inspect-sample.json           inspect-sample             1 2 1 0 2 1 -
jaeger.json                   jaeger                     1 1 1 0 0 1 3
langfuse-ingestion.json       langfuse-ingestion         1 1 0 0 1 0 2
langfuse-observation.csv      langfuse-observation_(csv) 1 1 0 0 1 0 1
langfuse-observation.jsonl    langfuse-observation       1 1 0 0 0 0 2
langfuse-otel.json            otlp-json_(traces)         1 2 0 0 0 1 3
langfuse-trace-row.json       langfuse-trace-row         1 0 0 0 1 0 1
langfuse-trace.json           langfuse-trace             1 1 1 0 2 1 3
langsmith-batch.json          langsmith-batch            1 1 0 0 0 0 1
langsmith-multipart.txt       langsmith-batch            1 1 0 0 0 0 1
langsmith-otel.json           otlp-json_(traces)         1 2 0 1 0 1 4
langsmith-run.jsonl           langsmith-run              1 1 1 0 0 1 4
litellm.json                  otlp-json_(traces)         1 1 0 0 0 0 1
lm-eval-sample.jsonl          lm-eval-sample             2 2 0 0 2 0 -
logfire-record.jsonl          logfire-record             1 1 0 0 0 0 1
message-dialects.jsonl        chat           4 8 4 0 0 3 -
mini-swe-agent-trajectory.json mini-swe-agent-trajectory  1 2 0 0 0 1 -
mlflow-dataframe.jsonl        mlflow-dataframe           1 0 0 0 1 0 1
mlflow-otel.json              otlp-json_(traces)         1 1 1 0 0 0 3
mlflow-trace.json             mlflow-trace               1 1 1 0 1 1 3
model-calls.jsonl             rows                       5 4 0 0 0 1 -
openai-agents.jsonl           openai-agents              1 1 1 0 0 0 3
openai-batch.jsonl            model-batch                2 1 0 0 0 1 -
openai-evals.jsonl            openai-evals               1 1 0 0 1 0 -
openai-log.jsonl              openai-log                 1 1 0 0 0 0 -
openai-preference.jsonl       openai-preference          1 1 0 0 0 0 -
openai-response.json          openai-response            1 2 1 0 0 0 -
openinference-annotations.json otlp-json_(traces)        1 0 0 1 3 0 1
openinference.json            otlp-json_(traces)         1 1 1 2 0 1 4
openlit.json                  otlp-json_(traces)         1 1 0 0 0 0 1
openllmetry.json              otlp-json_(traces)         1 1 1 0 0 0 3
opik-span.jsonl               opik-span                  1 0 1 0 0 1 1
opik-trace.json               opik-trace                 1 1 0 0 1 0 2
otel-js-console.jsonl         otel-js-console            1 1 0 0 0 0 1
otel-js-span.json             otel-js-span               1 1 0 0 0 0 2
otel-python-span.jsonl        otel-python-span           1 1 1 0 0 1 2
otlp-genai-logs.json          otlp-json_(logs)           2 2 0 0 0 0 2
otlp-genai.json               otlp-json_(traces)         2 3 1 0 0 1 5
packed-attributes.json        otlp-json_(traces)         6 6 0 1 1 0 7
phoenix-dataframe.jsonl       phoenix-dataframe          1 0 0 1 1 0 1
phoenix-span.json             phoenix-span               1 1 0 0 0 1 1
phoenix-trace.json            phoenix-trace              1 1 0 0 1 0 1
posthog-event.jsonl           posthog-event              1 1 0 0 0 0 1
promptfoo-result.jsonl        promptfoo-result           1 0 0 0 2 1 -
promptfoo-results.json        promptfoo-results          1 1 0 0 2 0 -
pydantic-ai.json              otlp-json_(traces)         1 2 1 0 0 0 4
rows.csv                      rows_(csv)                 2 1 0 2 1 0 -
rows.jsonl                    rows                       2 1 1 0 1 1 -
semantic-kernel.json          otlp-json_(traces)         1 1 0 0 0 0 1
smolagents.json               otlp-json_(traces)         1 1 0 0 0 0 2
span-row.jsonl                span-row                   1 1 0 0 0 0 2
strands.json                  otlp-json_(traces)         1 1 1 0 0 1 4
swe-agent-trajectory.json     swe-agent-trajectory       1 2 2 0 0 0 -
tau-bench-result.json         tau-bench-result           1 2 1 0 1 0 -
tau2-bench-results.json       tau2-bench-results         1 3 1 0 1 1 -
tau2-bench-simulation.jsonl   tau2-bench-simulation      1 3 1 0 1 1 -
traceai.json                  otlp-json_(traces)         1 1 0 0 0 0 2
weave-call.jsonl              weave-call                 1 1 0 0 1 0 2
openclaw-session.jsonl        openclaw-session           1 2 1 0 0 1 -
zipkin.json                   zipkin                     1 1 1 0 0 1 2
`;

export const PAYLOADS: readonly ExpectedFile[] = expectedFiles(TABLE);

/** Payloads without a trace of their own: their shape and the code of each problem. */
export const PAYLOADS_WITHOUT_TRACES: readonly (readonly [
  file: string,
  format: string,
  problems: readonly string[],
])[] = [
  ['langfuse-score.json', 'langfuse-score', ['unmatched_score']],
  ['langsmith-feedback.json', 'langsmith-feedback', ['unmatched_score']],
  ['otlp-evaluation-logs.json', 'otlp-json (logs)', ['unmatched_score', 'unmatched_score']],
  ['otlp-metrics.json', 'otlp-json (metrics)', []],
  ['otlp-other-logs.json', 'otlp-json (logs)', ['ignored_log']],
  ['phoenix-annotation.jsonl', 'phoenix-annotation', ['unmatched_score', 'unmatched_score']],
];

export const FIRST_TRACES: Readonly<Record<string, ExpectedTrace>> = { ...TRACING, ...RUNS };
