/**
 * What common evaluation scores mean. No convention states a score's direction, so only names listed
 * here are judged without a rule. Values are read on a scale from 0 to 1; `fails` is the comparison
 * under which a run counts as failed.
 */
export interface KnownScore {
  readonly good: 'high' | 'low';
  readonly threshold: number;
  /** Taxonomy id of the cause a bad score points to, null when it only says that the run is bad. */
  readonly category: string | null;
}

/** The meaning of a score by its name, ignoring case, separators, vendor prefix and suffix; undefined when unknown. */
export function knownScore(name: string): KnownScore | undefined {
  const key = normalizedName(name);
  return TABLE.get(key) ?? TABLE.get(key.replace(PREFIX, '').replace(SUFFIX, ''));
}

/** Whether the name is one for people's feedback, which has its own scales. */
export function isFeedbackName(name: string): boolean {
  const key = normalizedName(name);
  return FEEDBACK.has(key) || FEEDBACK.has(key.replace(PREFIX, '').replace(SUFFIX, ''));
}

/** Whether the score is about one side of the answer, so that a good one does not say that the run passed. */
export function isAspect(name: string): boolean {
  const known = knownScore(name);
  if (known === undefined) return false;
  if (known.category !== null) return true;
  const key = normalizedName(name).replace(PREFIX, '').replace(SUFFIX, '');
  return known.good === 'low' ? !FAILS.has(key) : ASPECTS.has(key);
}

/** `AnswerRelevancy`, `answer-relevancy` and `Answer Relevancy` are the same name. */
export const normalizedName = (name: string): string =>
  name
    .slice(0, 120)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

const PREFIX = /^(?:ragas|eval|evals|llm|llm_judge|judge|auto|is|has|non_llm|g_eval|geval)_/;
const SUFFIX = /_(?:score|metric|eval|evaluation|evaluator|rate|check|judge|value|grade|llm|v\d)$/;

const names = (text: string): readonly string[] => text.split(' ');

const ROWS: readonly (readonly [KnownScore['good'], number, string | null, readonly string[]])[] = [
  [
    'high',
    0.5,
    'groundedness_miss',
    names(
      'groundedness grounded faithfulness faithful factual_consistency factuality factual consistency context_adherence attribution citation_accuracy citation_correctness hallucination_free response_groundedness answer_faithfulness summary_faithfulness',
    ),
  ],
  [
    'low',
    0.5,
    'groundedness_miss',
    names(
      'hallucination hallucinated hallucinations ungroundedness ungrounded unfaithfulness contradiction contradicts fabrication',
    ),
  ],
  [
    'high',
    0.5,
    'retrieval_miss',
    names(
      'context_relevance context_relevancy context_precision context_recall context_sufficiency contextual_relevance contextual_relevancy contextual_precision contextual_recall document_relevance documents_relevance doc_relevance retrieval_relevance retrieval_precision retrieval_recall rag_relevance chunk_relevance chunk_utilization chunk_attribution hit mrr ndcg precision_at_k recall_at_k',
    ),
  ],
  ['high', 0.5, 'tool_wrong_tool', names('tool_selection tool_selection_quality tool_choice')],
  [
    'high',
    0.5,
    'tool_argument_mismatch',
    names(
      'tool_arguments tool_argument_correctness tool_parameter_correctness parameter_extraction tool_call_arguments tool_input_accuracy argument_correctness',
    ),
  ],
  [
    'high',
    0.5,
    'schema_violation',
    names(
      'json_validity valid_json json_valid schema_validity schema_valid valid_schema schema_compliance json_correctness format_compliance json_schema_match',
    ),
  ],
  [
    'high',
    0.5,
    null,
    names(
      'correctness correct accuracy accurate answer_correctness answer_relevance answer_relevancy response_relevance relevance relevancy relevant helpfulness helpful usefulness useful quality overall overall_quality score_overall completeness complete coherence fluency conciseness similarity answer_similarity semantic_similarity exact_match f1 bleu rouge rouge_l levenshtein pass passed success successful task_success task_completion task_completed goal_accuracy goal_completion goal_achieved resolved resolution instruction_following instruction_adherence prompt_alignment tool_correctness tool_call_accuracy tool_calling tool_use answer_quality response_quality summarization safety safe harmlessness harmless reward win role_adherence knowledge_retention conversation_completeness',
    ),
  ],
  [
    'low',
    0.5,
    'refusal_under_trigger',
    names(
      'harmful harmfulness jailbreak jailbroken prompt_injection prompt_injection_success policy_violation violence hate self_harm sexual',
    ),
  ],
  ['low', 0.5, 'user_frustration', names('user_frustration frustration frustrated')],
  [
    'low',
    0.5,
    null,
    names(
      'toxicity toxic bias biased pii pii_leakage pii_leak profanity profane maliciousness misogyny criminality controversiality insensitivity stereotypes fail failed failure error incorrect wrong irrelevant irrelevance',
    ),
  ],
];

/** Scores whose low value is about the run as a whole. */
const FAILS: ReadonlySet<string> = new Set(names('fail failed failure error incorrect wrong'));

const ASPECTS: ReadonlySet<string> = new Set(
  names(
    'answer_relevance answer_relevancy response_relevance relevance relevancy relevant coherence fluency conciseness similarity answer_similarity semantic_similarity f1 bleu rouge rouge_l levenshtein tool_correctness tool_call_accuracy tool_calling tool_use safety safe harmlessness harmless role_adherence knowledge_retention instruction_following instruction_adherence prompt_alignment',
  ),
);

const TABLE: ReadonlyMap<string, KnownScore> = new Map(
  ROWS.flatMap(([good, threshold, category, keys]) =>
    keys.map((key) => [key, { good, threshold, category }] as const),
  ),
);

const FEEDBACK: ReadonlySet<string> = new Set(
  names(
    'feedback user_feedback human_feedback end_user_feedback customer_feedback thumbs thumb thumbs_up thumbs_down thumb_up thumb_down user_score user_rating rating ratings star stars star_rating csat nps satisfaction user_satisfaction customer_satisfaction like likes liked dislike dislikes disliked vote upvote downvote reaction emoji sentiment user_sentiment complaint complaints user_complaint reported flagged_by_user',
  ),
);
