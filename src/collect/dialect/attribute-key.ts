/** Keys that hold the kind of a span, most trustworthy first. */
export const KIND_KEYS = [
  'langfuse.observation.type',
  'openinference.span.kind',
  'langsmith.span.kind',
  'gen_ai.span.kind',
  'fi.span.kind',
  'traceloop.span.kind',
  'mlflow.spanType',
  'gen_ai.operation.name',
  'ai.operationId',
  'operation.name',
  'llm.request.type',
  'genkit:metadata:subtype',
  'genkit:type',
] as const;

/** Keys that hold or may hold messages, structured sources first, blobs last. Families are written without index. */
export const INPUT_KEYS = [
  'llm.input_messages',
  'gen_ai.input.messages',
  'ai.prompt.messages',
  'ai.prompt',
  'langfuse.observation.input',
  'gen_ai.prompt',
  'gen_ai.prompt_json',
  'llm.prompts',
  'gcp.vertex.agent.llm_request',
  'mlflow.spanInputs',
  'genkit:input',
  'input.value',
  'traceloop.entity.input',
  'raw.input',
  'input',
  'prompt',
  'ai.value',
  'ai.values',
  'gen_ai.task.input',
  'gen_ai.guardrail.input',
] as const;

export const OUTPUT_KEYS = [
  'llm.output_messages',
  'gen_ai.output.messages',
  'langfuse.observation.output',
  'gen_ai.completion',
  'gen_ai.completion_json',
  'llm.choices',
  'gcp.vertex.agent.llm_response',
  'mlflow.spanOutputs',
  'genkit:output',
  'final_result',
  'output.value',
  'traceloop.entity.output',
  'raw.output',
  'output',
  'gen_ai.task.output',
  'gen_ai.guardrail.output',
] as const;

/** Whole conversations, question and answer in one list. */
export const CONVERSATION_KEYS = [
  'pydantic_ai.all_messages',
  'all_messages_events',
  'events',
] as const;

/** Keys that hold lists of tool definitions. */
export const TOOL_KEYS = [
  'gen_ai.tool.definitions',
  'llm.tools',
  'ai.prompt.tools',
  'mlflow.chat.tools',
  'llm.request.functions',
] as const;

export const TOOL_BAG_KEYS = [
  'llm.invocation_parameters',
  'langfuse.observation.input',
  'gen_ai.prompt',
  'model_request_parameters',
  'gcp.vertex.agent.llm_request',
  'mlflow.spanInputs',
] as const;

/** Prefixes of indexed keys, `prefix.N.rest`, that are reassembled into lists. */
export const FAMILIES = [
  'llm.input_messages',
  'llm.output_messages',
  'llm.prompts',
  'llm.choices',
  'llm.tools',
  'llm.request.functions',
  'gen_ai.prompt',
  'gen_ai.completion',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.tool.definitions',
  'retrieval.documents',
  'reranker.input_documents',
  'reranker.output_documents',
  'embedding.embeddings',
  'annotations',
  'evaluations',
  'trace.annotations',
  'trace.evaluations',
  'session.annotations',
  'session.evaluations',
] as const;

/** Prefixes whose keys are the application's own metadata. */
export const METADATA_PREFIXES = [
  'langfuse.trace.metadata.',
  'langfuse.observation.metadata.',
  'langfuse.metadata.',
  'langsmith.metadata.',
  'traceloop.association.properties.',
  'ai.settings.context.',
  'ai.settings.runtimeContext.',
  'ai.telemetry.metadata.',
  'mlflow.traceTag.',
] as const;

/** Keys that hold metadata as one object or its JSON text. */
export const METADATA_KEYS = [
  'metadata',
  'langfuse.trace.metadata',
  'langfuse.observation.metadata',
  'langfuse.metadata',
  'user_metadata',
] as const;

/** Keys that name the tenant; searched on spans, then in metadata, then on resources. */
export const TENANT_KEYS = [
  'tenant.id',
  'tenant_id',
  'tenantId',
  'tenant',
  'org.id',
  'org_id',
  'organization.id',
  'organization_id',
  'customer_id',
  'customer.id',
  'account.id',
  'account_id',
] as const;

/** Prefixes of request headers, which may hold secrets; dropped and never read. */
export const HEADER_PREFIXES = [
  'llm.headers',
  'ai.request.headers',
  'langsmith.request.headers',
  'gen_ai.request.headers',
  'http.request.header.',
  'http.response.header.',
] as const;
