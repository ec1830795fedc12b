/** One name per model provider, as the OTel GenAI registry writes them. */
export function canonicalProvider(name: string): string {
  const lower = name.trim().toLowerCase();
  const known = ALIASES.get(lower);
  if (known !== undefined) return known;
  if (CANONICAL.has(lower)) return lower;
  const dot = lower.indexOf('.');
  if (dot <= 0) return lower;
  const head = lower.slice(0, dot);
  return ALIASES.get(head) ?? head;
}

const CANONICAL: ReadonlySet<string> = new Set([
  'aws.bedrock',
  'azure.ai.openai',
  'azure.ai.inference',
  'gcp.gemini',
  'gcp.vertex_ai',
  'gcp.gen_ai',
  'gcp.vertex.agent',
  'ibm.watsonx.ai',
]);

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['azure', 'azure.ai.openai'],
  ['azure_openai', 'azure.ai.openai'],
  ['azure-openai', 'azure.ai.openai'],
  ['azureopenai', 'azure.ai.openai'],
  ['az.ai.openai', 'azure.ai.openai'],
  ['az.ai.inference', 'azure.ai.inference'],
  ['vertex_ai', 'gcp.vertex_ai'],
  ['vertexai', 'gcp.vertex_ai'],
  ['google_vertexai', 'gcp.vertex_ai'],
  ['google.vertex', 'gcp.vertex_ai'],
  ['google', 'gcp.gen_ai'],
  ['google_genai', 'gcp.gen_ai'],
  ['gemini', 'gcp.gemini'],
  ['google.generative-ai', 'gcp.gemini'],
  ['bedrock', 'aws.bedrock'],
  ['aws', 'aws.bedrock'],
  ['amazon', 'aws.bedrock'],
  ['amazon-bedrock', 'aws.bedrock'],
  ['mistralai', 'mistral_ai'],
  ['mistral', 'mistral_ai'],
  ['xai', 'x_ai'],
  ['watsonx', 'ibm.watsonx.ai'],
]);
