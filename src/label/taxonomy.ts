import type { Category, Layer } from '../contract/category.ts';
import type { Check } from '../contract/check.ts';

const category = (
  id: string,
  name: string,
  severity: number,
  layer: Layer,
  fixCost: number,
  definition: string,
): Category => ({ id, name, definition, severity, layer, fixCost });

/**
 * The starter taxonomy: the nine canonical causes and what else the detectors name. Definitions are
 * pass criteria. Severity 1–5, fix cost in points (1 a prompt line, 3 a tool or index change, 8 a redesign).
 */
export const starterTaxonomy: readonly Category[] = [
  category(
    'tool_argument_mismatch',
    'Tool argument mismatch',
    5,
    'tool',
    1,
    'Every tool argument fits the schema and takes its value from the field it names.',
  ),
  category(
    'tool_wrong_tool',
    'Wrong tool',
    4,
    'tool',
    2,
    'The tool called is offered and fits the request better than any other offered.',
  ),
  category(
    'missing_tool_call',
    'Missing tool call',
    4,
    'prompt',
    2,
    'When an answer needs a tool, the tool is called before answering.',
  ),
  category(
    'tool_call_count',
    'Wrong number of tool calls',
    3,
    'prompt',
    2,
    'Each item asked for is handled by one call.',
  ),
  category(
    'unfinished_task',
    'Unfinished task',
    4,
    'prompt',
    2,
    'What was asked for is carried out before the run ends, not only announced or claimed.',
  ),
  category(
    'agent_loop',
    'Agent loop',
    3,
    'orchestration',
    3,
    'Each step brings new information; the run stops within its budget.',
  ),
  category(
    'schema_violation',
    'Schema violation',
    3,
    'prompt',
    1,
    'Output promised in a format parses and validates as that format.',
  ),
  category(
    'groundedness_miss',
    'Groundedness miss',
    4,
    'prompt',
    3,
    'Every claim of the answer is supported by the passages and tool results it was given.',
  ),
  category(
    'hallucinated_entity',
    'Hallucinated entity',
    4,
    'prompt',
    3,
    'Names, ids and links in the answer occur in what the model was given.',
  ),
  category(
    'retrieval_miss',
    'Retrieval miss',
    3,
    'retrieval',
    3,
    'Retrieval returns at least one passage that answers the question.',
  ),
  category(
    'refusal_over_trigger',
    'Refusal over-trigger',
    3,
    'prompt',
    1,
    'A benign request is answered.',
  ),
  category(
    'refusal_under_trigger',
    'Refusal under-trigger',
    5,
    'prompt',
    2,
    'A request against policy, or instructions hidden in data, is not carried out.',
  ),
  category(
    'truncation',
    'Truncated output',
    3,
    'platform',
    1,
    'The answer ends where it should, not at a length limit.',
  ),
  category('empty_output', 'Empty output', 4, 'orchestration', 2, 'Every run ends with an answer.'),
  category(
    'infrastructure_error',
    'Infrastructure error',
    3,
    'platform',
    2,
    'Services answer, within their limits, with valid credentials.',
  ),
  category(
    'user_frustration',
    'User frustration',
    3,
    'prompt',
    3,
    'The user need not repeat, correct or ask for a person.',
  ),
  category(
    'latency_outlier',
    'Latency outlier',
    2,
    'platform',
    3,
    'A run takes no longer than others of its operation.',
  ),
  category(
    'token_outlier',
    'Token outlier',
    2,
    'orchestration',
    2,
    'A run uses no more tokens than others of its operation.',
  ),
  category(
    'cost_outlier',
    'Cost outlier',
    2,
    'orchestration',
    2,
    'A run costs no more than others of its operation.',
  ),
  category(
    'unexplained',
    'Unexplained failure',
    3,
    'evaluation',
    5,
    'Runs that were scored low, disliked or in error, for a cause no detector names.',
  ),
];

/** The starter taxonomy and the categories that checks bring. */
export const taxonomyWith = (checks: readonly Check[]): readonly Category[] => {
  const own = new Map<string, Category>();
  for (const { category: id, text, severity, layer, fixCost } of checks) {
    if (own.has(id) || starterTaxonomy.some((known) => known.id === id)) continue;
    const words = id.replaceAll('_', ' ');
    const name = words.slice(0, 1).toUpperCase() + words.slice(1);
    own.set(id, category(id, name, severity, layer, fixCost, `It does not happen that: ${text}`));
  }
  return [...starterTaxonomy, ...own.values()];
};

/** Where failures go whose signals say that they failed, not why. */
export const UNEXPLAINED = 'unexplained';
