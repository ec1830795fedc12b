import {
  READINESS_ITEMS,
  type ReadinessItem,
  type Sdk,
  type SdkLine,
} from '../contract/readiness.ts';

type Lines = Readonly<Partial<Record<ReadinessItem, readonly SdkLine[]>>>;

const javascript = (code: string, note = ''): SdkLine => ({ language: 'javascript', code, note });
const python = (code: string, note = ''): SdkLine => ({ language: 'python', code, note });
const environment = (code: string, note = ''): SdkLine => ({ language: 'environment', code, note });

/** An attribute of the current span; `value` is an expression that reads the same in both languages. */
const attribute = (key: string, value: string, note: string): readonly SdkLine[] => [
  javascript(`span.setAttribute('${key}', ${value});`, note),
  python(`span.set_attribute("${key}", ${value.replaceAll("'", '"')})`, note),
];

/** The same with a value that has to be written as JSON. */
const jsonAttribute = (key: string, value: string, note: string): readonly SdkLine[] => [
  javascript(`span.setAttribute('${key}', JSON.stringify(${value}));`, note),
  python(`span.set_attribute("${key}", json.dumps(${pythonOf(value)}))`, note),
];

/** Keys of an object in quotes. */
const pythonOf = (value: string): string =>
  value
    .replace(/([{ ])([a-z]+): /g, '$1"$2": ')
    .replaceAll('{ ', '{')
    .replaceAll(' }', '}')
    .replaceAll("'", '"');

const ON_MODEL = 'on the span of the model call';
const ON_TOOL = 'on the span of the tool call';
const ON_RETRIEVAL = 'on the span of the retrieval';
const ON_ANY = 'on any span of the trace';
const ON_ROOT = 'on the root span';
const RESOURCE = 'where the application starts; joins what the variable holds already';

const SCORE: SdkLine = {
  language: 'http',
  code: `curl -X POST "$CULPRIT/api/v1/scores" -H 'content-type: application/json' -d '{"traceId": "…", "name": "helpful", "value": 0}'`,
  note: 'later, to culprit serve; with the key that sends traces, where keys are required',
};

const CAPTURE = environment(
  'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true',
  'where instrumentations of OpenTelemetry record the calls',
);

/** What works with every SDK that is built on OpenTelemetry. */
const OPENTELEMETRY: Lines = {
  input: [
    CAPTURE,
    ...jsonAttribute(
      'gen_ai.input.messages',
      "[{ role: 'user', parts: [{ type: 'text', content: question }] }]",
      ON_ROOT,
    ),
  ],
  output: [
    CAPTURE,
    ...jsonAttribute(
      'gen_ai.output.messages',
      "[{ role: 'assistant', parts: [{ type: 'text', content: answer }] }]",
      ON_ROOT,
    ),
  ],
  root: [
    javascript('await provider.forceFlush();', 'before the process ends, after span.end()'),
    python('provider.force_flush()', 'before the process ends, after span.end()'),
  ],
  tool_results: jsonAttribute('gen_ai.tool.call.result', 'result', ON_TOOL),
  tool_definitions: jsonAttribute('gen_ai.tool.definitions', 'tools', ON_MODEL),
  documents: jsonAttribute('gen_ai.retrieval.documents', 'documents', ON_RETRIEVAL),
  scores: [
    javascript(
      "span.addEvent('gen_ai.evaluation.result', { 'gen_ai.evaluation.name': 'helpful', 'gen_ai.evaluation.score.value': 0 });",
      ON_ANY,
    ),
    python(
      'span.add_event("gen_ai.evaluation.result", {"gen_ai.evaluation.name": "helpful", "gen_ai.evaluation.score.value": 0})',
      ON_ANY,
    ),
    SCORE,
  ],
  prompt_version: attribute('gen_ai.prompt.version', "'v4'", ON_ANY),
  model: attribute('gen_ai.request.model', 'model', ON_MODEL),
  usage: [
    ...attribute('gen_ai.usage.input_tokens', 'input_tokens', ON_MODEL),
    ...attribute('gen_ai.usage.output_tokens', 'output_tokens', ON_MODEL),
  ],
  finish_reason: attribute('gen_ai.response.finish_reasons', "['stop']", ON_MODEL),
  tenant: attribute('tenant.id', 'tenant', ON_ANY),
  user: attribute('user.id', 'user', ON_ANY),
  session: attribute('gen_ai.conversation.id', 'conversation', ON_ANY),
  environment: [
    environment('OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=production', RESOURCE),
  ],
  release: [environment('OTEL_RESOURCE_ATTRIBUTES=service.version=1.4.2', RESOURCE)],
};

/** @arizeai/openinference-core 2, openinference-instrumentation 0.1. */
const OPENINFERENCE: Lines = {
  ...OPENTELEMETRY,
  input: attribute('input.value', 'question', ON_ROOT),
  output: attribute('output.value', 'answer', ON_ROOT),
  tool_results: jsonAttribute('output.value', 'result', ON_TOOL),
  tool_definitions: jsonAttribute('llm.tools.0.tool.json_schema', 'tool', ON_MODEL),
  documents: attribute('retrieval.documents.0.document.content', 'text', ON_RETRIEVAL),
  prompt_version: [
    javascript(
      "context.with(setPromptTemplate(context.active(), { template, version: 'v4' }), () => answer(question));",
    ),
    python('with using_prompt_template(template=template, version="v4"):'),
  ],
  model: attribute('llm.model_name', 'model', ON_MODEL),
  usage: [
    ...attribute('llm.token_count.prompt', 'input_tokens', ON_MODEL),
    ...attribute('llm.token_count.completion', 'output_tokens', ON_MODEL),
  ],
  finish_reason: attribute('llm.finish_reason', "'stop'", ON_MODEL),
  tenant: [
    javascript(
      'context.with(setMetadata(context.active(), { tenant_id: tenant }), () => answer(question));',
    ),
    python('with using_metadata({"tenant_id": tenant}):'),
  ],
  user: [
    javascript(
      'context.with(setUser(context.active(), { userId: user }), () => answer(question));',
    ),
    python('with using_user(user):'),
  ],
  session: [
    javascript(
      'context.with(setSession(context.active(), { sessionId: session }), () => answer(question));',
    ),
    python('with using_session(session):'),
  ],
};

/** @traceloop/node-server-sdk 0.2x, traceloop-sdk 0.6x. */
const OPENLLMETRY: Lines = {
  ...OPENTELEMETRY,
  input: [environment('TRACELOOP_TRACE_CONTENT=true')],
  output: [environment('TRACELOOP_TRACE_CONTENT=true')],
  ...associated('tenant', 'tenant_id'),
  ...associated('user', 'user_id'),
  ...associated('session', 'session_id'),
};

function associated(item: 'tenant' | 'user' | 'session', key: string): Lines {
  return {
    [item]: [
      javascript(
        `traceloop.withAssociationProperties({ ${key}: ${item} }, () => answer(question));`,
      ),
      python(`Traceloop.set_association_properties({"${key}": ${item}})`),
    ],
  };
}

const IN_GENERATION = "{ asType: 'generation' }";

/** @langfuse/tracing and @langfuse/client 5, langfuse for Python 4 and 5. */
const LANGFUSE: Lines = {
  ...OPENTELEMETRY,
  input: [
    javascript('updateActiveObservation({ input: question });', 'in the outermost observation'),
    python('langfuse.update_current_span(input=question)', 'in the outermost observation'),
  ],
  output: [
    javascript('updateActiveObservation({ output: answer });', 'in the outermost observation'),
    python('langfuse.update_current_span(output=answer)', 'in the outermost observation'),
  ],
  root: [
    javascript('await langfuseSpanProcessor.forceFlush();', 'before the process ends'),
    python('langfuse.flush()', 'before the process ends'),
  ],
  tool_results: [
    javascript("updateActiveObservation({ output: result }, { asType: 'tool' });", 'in the tool'),
    python('langfuse.update_current_span(output=result)', 'in the tool'),
  ],
  documents: [
    javascript(
      "updateActiveObservation({ output: documents }, { asType: 'retriever' });",
      'in the retriever',
    ),
    python('langfuse.update_current_span(output=documents)', 'in the retriever'),
  ],
  scores: [
    javascript("langfuse.score.create({ traceId, name: 'helpful', value: 0 });"),
    python('langfuse.create_score(trace_id=trace_id, name="helpful", value=0)'),
  ],
  prompt_version: [
    javascript(`updateActiveObservation({ prompt }, ${IN_GENERATION});`, 'in the generation'),
    python('langfuse.update_current_generation(prompt=prompt)', 'in the generation'),
  ],
  model: [
    javascript(`updateActiveObservation({ model }, ${IN_GENERATION});`, 'in the generation'),
    python('langfuse.update_current_generation(model=model)', 'in the generation'),
  ],
  usage: [
    javascript(
      `updateActiveObservation({ usageDetails: { input: inputTokens, output: outputTokens } }, ${IN_GENERATION});`,
      'in the generation',
    ),
    python(
      'langfuse.update_current_generation(usage_details={"input": input_tokens, "output": output_tokens})',
      'in the generation',
    ),
  ],
  tenant: [
    javascript('propagateAttributes({ metadata: { tenant_id: tenant } }, () => answer(question));'),
    python('with propagate_attributes(metadata={"tenant_id": tenant}):'),
  ],
  user: [
    javascript('propagateAttributes({ userId: user }, () => answer(question));'),
    python('with propagate_attributes(user_id=user):'),
  ],
  session: [
    javascript('propagateAttributes({ sessionId: session }, () => answer(question));'),
    python('with propagate_attributes(session_id=session):'),
  ],
  environment: [environment('LANGFUSE_TRACING_ENVIRONMENT=production')],
  release: [environment('LANGFUSE_RELEASE=1.4.2')],
};

/** The client before that, `langfuse` 3 for JavaScript, which leaves no trace of its version. */
const langfuse3 = (code: string): readonly SdkLine[] => [javascript(code, 'langfuse 3')];
const LANGFUSE_3: Lines = {
  input: langfuse3('trace.update({ input: question });'),
  output: langfuse3('trace.update({ output: answer });'),
  root: langfuse3('await langfuse.flushAsync();'),
  scores: langfuse3("trace.score({ name: 'helpful', value: 0 });"),
  prompt_version: langfuse3('generation.update({ prompt });'),
  model: langfuse3('generation.update({ model });'),
  usage: langfuse3(
    'generation.end({ output, usage: { input: inputTokens, output: outputTokens } });',
  ),
  tenant: langfuse3('trace.update({ metadata: { tenant_id: tenant } });'),
  user: langfuse3('trace.update({ userId: user });'),
  session: langfuse3('trace.update({ sessionId: session });'),
  release: langfuse3("trace.update({ release: '1.4.2' });"),
};

const IN_RUN = 'inside a traced function';

/** Metadata of the current run. */
const langsmithMetadata = (key: string, value: string): readonly SdkLine[] => [
  javascript(`getCurrentRunTree().metadata.${key} = ${value};`, IN_RUN),
  python(`set_run_metadata(${key}=${value.replaceAll("'", '"')})`, IN_RUN),
];

/** `langsmith` 0.3 and newer, JavaScript and Python. */
const LANGSMITH: Lines = {
  input: [environment('LANGSMITH_HIDE_INPUTS=false')],
  output: [environment('LANGSMITH_HIDE_OUTPUTS=false')],
  root: [
    javascript('await client.awaitPendingTraceBatches();', 'before the process ends'),
    python('client.flush()', 'before the process ends'),
  ],
  tool_results: [
    javascript("traceable(lookUp, { name: 'look_up', run_type: 'tool' });", 'around the tool'),
    python('@traceable(run_type="tool")', 'on the function of the tool'),
  ],
  documents: [
    javascript("traceable(retrieve, { run_type: 'retriever' });", 'around the retriever'),
    python('@traceable(run_type="retriever")', 'on the function that retrieves'),
  ],
  scores: [
    javascript("await client.createFeedback(runId, 'helpful', { score: 0 });"),
    python('client.create_feedback(run_id, key="helpful", score=0)'),
  ],
  prompt_version: langsmithMetadata('lc_hub_commit_hash', "'v4'"),
  model: langsmithMetadata('ls_model_name', 'model'),
  usage: [
    javascript(
      'return { ...answer, usage_metadata: { input_tokens, output_tokens, total_tokens } };',
      'from the traced model call',
    ),
    python(
      'return {**answer, "usage_metadata": {"input_tokens": input_tokens, "output_tokens": output_tokens, "total_tokens": total_tokens}}',
      'from the traced model call',
    ),
  ],
  tenant: langsmithMetadata('tenant_id', 'tenant'),
  user: langsmithMetadata('user_id', 'user'),
  session: langsmithMetadata('session_id', 'session'),
  environment: langsmithMetadata('environment', "'production'"),
  release: langsmithMetadata('revision_id', "'1.4.2'"),
};

/** Context of a call of `generateText` and its like. */
const aiSdkContext = (key: string, value: string): readonly SdkLine[] => [
  javascript(
    `runtimeContext: { ${key}: ${value} }, telemetry: { includeRuntimeContext: { ${key}: true } }`,
    'AI SDK 7, in the call, with new OpenTelemetry({ runtimeContext: true })',
  ),
  javascript(
    `experimental_telemetry: { isEnabled: true, metadata: { ${key}: ${value} } }`,
    'AI SDK 4 to 6, in the call',
  ),
];

const aiSdkContent = (key: string): readonly SdkLine[] => [
  javascript(`telemetry: { ${key}: true }`, 'AI SDK 7, in the call'),
  javascript(
    `experimental_telemetry: { isEnabled: true, ${key}: true }`,
    'AI SDK 4 to 6, in the call',
  ),
];

/** Without what is Python. */
function inJavascript(lines: Lines): Lines {
  const kept = Object.entries(lines).map(([item, each]) => [
    item,
    each.filter(({ language }) => language !== 'python'),
  ]);
  return Object.fromEntries(kept);
}

/** `ai` 4 to 7; its spans are OpenTelemetry's, so that a span around the call may carry the rest. */
const AI_SDK: Lines = {
  ...inJavascript(OPENTELEMETRY),
  input: aiSdkContent('recordInputs'),
  output: aiSdkContent('recordOutputs'),
  tool_results: aiSdkContent('recordOutputs'),
  tool_definitions: aiSdkContent('recordInputs'),
  user: aiSdkContext('userId', 'user'),
  session: aiSdkContext('sessionId', 'session'),
  tenant: aiSdkContext('tenantId', 'tenant'),
};

/** The lines of two clients whose traces look the same. */
function ofEither(first: Lines, second: Lines): Lines {
  const lines = READINESS_ITEMS.map((item) => [
    item,
    [...(first[item] ?? []), ...(second[item] ?? [])],
  ]);
  return Object.fromEntries(lines);
}

const LINES: Readonly<Record<Sdk, Lines>> = {
  'ai-sdk': AI_SDK,
  openinference: OPENINFERENCE,
  openllmetry: OPENLLMETRY,
  langsmith: LANGSMITH,
  langfuse: ofEither(LANGFUSE, LANGFUSE_3),
  opentelemetry: OPENTELEMETRY,
  other: { scores: [SCORE] },
};

/** The lines that make traces of an SDK carry an item; [] where there is none that is known to work. */
export const sdkLines = (sdk: Sdk, item: ReadinessItem): readonly SdkLine[] =>
  LINES[sdk][item] ?? [];
