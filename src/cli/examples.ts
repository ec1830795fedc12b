/** What most people begin with; printed above the options. */
export const EXAMPLES = `Examples:
  culprit demo
  culprit analyze traces.jsonl --open
  culprit analyze table.csv --map input=question,output=answer --score "groundedness<0.7"
  culprit analyze exports/ --json > analysis.json
`;
