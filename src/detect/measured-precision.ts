// Made by npm run generate from docs/quality.md.

/** How many traces a detector flagged on open failure data, and how many of them rightly. */
export const MEASURED_PRECISION: ReadonlyMap<
  string,
  { readonly flagged: number; readonly right: number }
> = new Map([
  ['agent_loop', { flagged: 21, right: 15 }],
  ['empty_output', { flagged: 3, right: 0 }],
  ['groundedness_miss', { flagged: 82, right: 48 }],
  ['hallucinated_entity', { flagged: 59, right: 55 }],
  ['missing_tool_call', { flagged: 100, right: 84 }],
  ['refusal_over_trigger', { flagged: 84, right: 60 }],
  ['refusal_under_trigger', { flagged: 124, right: 92 }],
  ['retrieval_miss', { flagged: 125, right: 84 }],
  ['schema_violation', { flagged: 835, right: 632 }],
  ['tool_argument_mismatch', { flagged: 341, right: 271 }],
  ['tool_call_count', { flagged: 38, right: 33 }],
  ['tool_wrong_tool', { flagged: 110, right: 86 }],
]);
