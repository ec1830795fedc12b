import { type ExpectedFile, expectedFiles } from './expected-file.ts';

/**
 * The content of each file of recorded and published traces, counted by hand from the raw payloads: span by
 * span, by the attribute that names the kind.
 *
 * traces: distinct trace ids, or conversations. model, tool: spans of that kind (for
 * conversations, assistant messages and their calls; spans of embedding, retrieval, agent and step
 * kinds are neither). docs: passages in retriever and reranker outputs. scores: all scores, wherever they are recorded.
 * errors: failures at their origin (a failed call under a failed agent counts once). spans: distinct span ids; `-` if the file has none.
 */
const TABLE = `
file                                                          format                traces model tool docs scores errors spans
captured__ai-sdk-v7-genai.otlp.json                           otlp-json_(traces)    2 3 1 0 0 1 9
captured__ai-sdk-v7-genai.pb                                  otlp-protobuf_(traces) 2 3 1 0 0 1 9
captured__ai-sdk-v7-legacy.otlp.json                          otlp-json_(traces)    2 3 1 0 0 1 6
captured__ai-sdk-v7-legacy.pb                                 otlp-protobuf_(traces) 2 3 1 0 0 1 6
captured__langfuse-js-v5.otlp.jsonl                           otlp-json_(traces)    1 2 1 1 0 1 6
captured__langsmith-js-otel.otlp.json                         otlp-json_(traces)    1 2 1 1 0 1 5
captured__langsmith-js-otel.pb                                otlp-protobuf_(traces) 1 2 1 1 0 1 5
captured__langsmith-js-runs.jsonl                             langsmith-run         1 2 1 1 0 1 5
captured__langsmith-js-runs.multipart.txt                     langsmith-batch       1 2 1 1 0 1 5
captured__openinference-js-langchain.otlp.json                otlp-json_(traces)    1 1 2 2 0 1 7
captured__openinference-js-langchain.pb                       otlp-protobuf_(traces) 1 1 2 2 0 1 7
captured__openinference-js-openai.asSentJson.json             otlp-json_(traces)    1 2 0 0 0 0 4
captured__openinference-js-openai.otlp.json                   otlp-json_(traces)    1 2 0 0 0 0 4
captured__openinference-js-openai.pb                          otlp-protobuf_(traces) 1 2 0 0 0 0 4
captured__traceloop-js.otlp.jsonl                             otlp-json_(traces)    1 2 1 0 0 0 4
jaeger__genaiTestTrace.jaeger.json                            jaeger                1 5 7 0 0 1 57
jaeger__otlp-in-error.otlp.json                               otlp-json_(traces)    1 0 0 0 0 0 1
jaeger__otlp-multi-in.otlp.jsonl                              otlp-json_(traces)    1 0 0 0 0 0 4
jaeger__otlp2jaeger-out.jaeger.json                           jaeger                1 0 0 0 0 0 1
langfuse-test__ai-sdk-anthropic-provider-metadata.otlp.json   otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__ai-sdk-embed.otlp.json                         otlp-json_(traces)    1 0 0 0 0 0 1
langfuse-test__ai-sdk-v7-genai.otlp.json                      otlp-json_(traces)    1 1 1 0 0 0 2
langfuse-test__genai-cache-usage.otlp.json                    otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__google-adk-child.otlp.json                     otlp-json_(traces)    1 0 0 0 0 0 1
langfuse-test__google-adk-reasoning.otlp.json                 otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__google-adk-tool.otlp.json                      otlp-json_(traces)    1 0 1 0 0 0 1
langfuse-test__hostile-array-slots.otlp.json                  otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__hostile-index-out-of-range.otlp.json           otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__hostile-proto-pollution.otlp.json              otlp-json_(traces)    1 0 0 0 0 0 1
langfuse-test__litellm-anthropic-cache.otlp.json              otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__multi-framework.otlp.json                      otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__openinference-agno-cache.otlp.json             otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__openinference-messages.otlp.json               otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__openlit.otlp.json                              otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__openllmetry-openai-v1.otlp.json                otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__pydantic-ai-root-cache-usage.otlp.json         otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__pydantic-ai-tool.otlp.json                     otlp-json_(traces)    1 0 1 0 0 0 1
langfuse-test__semantic-kernel-events.otlp.json               otlp-json_(traces)    1 1 0 0 0 0 1
langfuse-test__traceloop-mlflow-mix.otlp.json                 otlp-json_(traces)    1 1 0 0 0 0 1
langfuse__trace-autogen-2025-06-06.json                       langfuse-trace        1 1 0 0 0 0 2
langfuse__trace-google-adk-2025-08-28.json                    langfuse-trace        1 2 1 0 2 0 5
langfuse__trace-google-gemini-2025-08-01.json                 langfuse-trace        1 1 0 0 2 0 1
langfuse__trace-google-vertex-tools-langchain-2025-09-19.json langfuse-trace        1 1 0 0 0 0 1
langfuse__trace-koog-2025-08-26.json                          langfuse-trace        1 2 2 0 0 0 11
langfuse__trace-langgraph-2025-08-22.json                     langfuse-trace        1 2 0 0 2 0 9
langfuse__trace-llamaindex-2025-06-05.json                    langfuse-trace        1 1 0 0 0 0 2
langfuse__trace-microsoft-agent-2025-10-14.json               langfuse-trace        1 2 1 0 2 0 4
langfuse__trace-openai-agents-2025-09-30.json                 langfuse-trace        1 2 1 0 2 0 5
langfuse__trace-openai-assistants-2024-05-29.json             langfuse-trace        1 1 0 0 0 0 4
langfuse__trace-pydantic-ai-tools-2025-12-04.json             langfuse-trace        1 4 3 0 0 0 12
langsmith__js_wrap_openai_default.batch.json                  langsmith-batch       1 1 0 0 0 0 1
langsmith__js_wrap_openai_reasoning.batch.json                langsmith-batch       1 1 0 0 0 0 1
langsmith__js_wrap_openai_stream.batch.json                   langsmith-batch       1 1 0 0 0 0 1
langsmith__py_wrap_openai.batch.json                          langsmith-batch       1 1 0 0 0 0 1
langsmith__py_wrap_openai_stream.batch.json                   langsmith-batch       1 1 0 0 0 0 1
openai__batch-api.jsonl                                       openai-batch          1 1 0 0 0 0 -
openai__chat-fine-tuning.jsonl                                chat                  3 3 2 0 0 0 -
openinference__client_span_io_only.attrs.json                 attribute-map         1 1 0 0 0 0 1
openinference__client_span_tool_calls.attrs.json              attribute-map         1 1 0 0 0 0 1
openinference__otel_genai_client_span_tool_calls.attrs.json   attribute-map         1 1 0 0 0 0 1
openinference__otel_genai_deprecated_client_span.attrs.json   attribute-map         1 1 0 0 0 0 1
openinference__otel_genai_tool_execution.attrs.json           attribute-map         1 0 1 0 0 0 1
openinference__vercel-v6-all-spans.spans.json                 otel-js-span          10 4 0 0 0 0 10
openinference__vercel-v6-generateObject-doGenerate.spans.json otel-js-span          1 1 0 0 0 0 1
openinference__vercel-v6-generateText-doGenerate.spans.json   otel-js-span          2 2 0 0 0 0 2
openinference__vercel-v6-generateText.spans.json              otel-js-span          2 0 0 0 0 0 2
openinference__vercel-v6-streamText-doStream.spans.json       otel-js-span          1 1 0 0 0 0 1
openinference__vercel-v6-streamText.spans.json                otel-js-span          1 0 0 0 0 0 1
otel-proto__trace.otlp.json                                   otlp-json_(traces)    1 0 0 0 0 0 1
pydantic-ai__chat-span.logfire-spans.json                     otel-python-span      1 1 0 0 0 0 1
pydantic-ai__chat.attrs.json                                  attribute-map         1 1 0 0 0 0 1
pydantic-ai__logfire-feedback.logfire-spans.json              otel-python-span      1 1 0 0 1 0 3
pydantic-ai__tool-deferral.logfire-spans.json                 otel-python-span      1 0 1 0 0 0 1
synthetic__collector-file-exporter.otlp.jsonl                 otlp-json_(traces)    3 4 3 2 0 2 16
synthetic__gen_ai.inference.operation.details.logs.otlp.json  otlp-json_(logs)      1 1 0 0 0 0 1
synthetic__openinference-annotations.otlp.json                otlp-json_(traces)    1 0 0 1 3 0 2
synthetic__phoenix-otlpv1-spans.snake.json                    phoenix-otlpv1        1 1 2 2 0 1 7
synthetic__tempo-v1-trace.tempo.json                          tempo-v1              2 3 1 0 0 1 9
synthetic__tempo-v2-trace.tempo.json                          tempo-v2              2 3 1 0 0 1 9
synthetic__traceai-python.otlp.json                           otlp-json_(traces)    1 1 0 0 0 0 2
`;

export const FIXTURES: readonly ExpectedFile[] = expectedFiles(TABLE);

/** Files with scores or logs but without the spans they refer to: the code of each problem, and no trace. */
export const WITHOUT_TRACES: readonly (readonly [file: string, problems: readonly string[]])[] = [
  // Two score-create events.
  ['captured__langfuse-js-scores.ingestion.json', ['unmatched_score', 'unmatched_score']],
  ['captured__langsmith-js-feedback.json', ['unmatched_score']],
  // Three annotation calls of one annotation each.
  [
    'captured__phoenix-client-annotations.jsonl',
    ['unmatched_score', 'unmatched_score', 'unmatched_score'],
  ],
  // Two gen_ai.evaluation.result records.
  ['synthetic__gen_ai.evaluation.result.logs.otlp.json', ['unmatched_score', 'unmatched_score']],
  // One log record each that is not about a model.
  ['otel-proto__events.otlp.json', ['ignored_log']],
  ['otel-proto__logs.otlp.json', ['ignored_log']],
];
