export { type AnalyzeResult, analyze } from './api/analyze.ts';
export type { AnalyzeOptions } from './api/analyze-options.ts';
export { type DetectOptions, detect } from './api/detect.ts';
export { type DiffOptions, type DiffResult, diff, type TracePair } from './api/diff.ts';
export {
  type Fixes,
  type FixesOptions,
  type FixFile,
  type FixProposal,
  fixes,
} from './api/fixes.ts';
export { type Guard, type GuardOptions, guard } from './api/guard.ts';
export { type LearnOptions, learn } from './api/learn.ts';
export { type PromoteOptions, promote } from './api/promote.ts';
export { type ReadOptions, readTraces, type TraceReader } from './api/read-traces.ts';
export { renderChanges } from './api/render-changes.ts';
export { renderReport } from './api/render-report.ts';
export { suspects } from './api/suspects.ts';
export { tenants, tenantTraces } from './api/tenants.ts';
export { type TrendOptions, trend } from './api/trend.ts';
export type { Analysis } from './contract/analysis.ts';
export type { ByteSource } from './contract/byte-source.ts';
export type { Category, Layer } from './contract/category.ts';
export type { CheckInput } from './contract/check.ts';
export { CulpritError, type ErrorCode } from './contract/culprit-error.ts';
export type { CauseChange, Diff } from './contract/diff.ts';
export type { Embedder, Embedding, EmbedOptions } from './contract/embedder.ts';
export type { FileFacts } from './contract/file-facts.ts';
export type { FixEdit, FixHypothesis, FixTrial, FixVerdict } from './contract/fix.ts';
export type { GuardAnswer, GuardFinding, GuardReport, GuardRule } from './contract/guard.ts';
export type { Answers, Judge, JudgeOptions, Question } from './contract/judge.ts';
export type { LabelSource, LearnedModel, Suspects } from './contract/learned-model.ts';
export { parseAnalysis } from './contract/parse-analysis.ts';
export type { PolicyInput } from './contract/policy.ts';
export type { ReportData } from './contract/report.ts';
export type { Evidence, Signal, Slot, Statement, Verdict } from './contract/signal.ts';
export type { Tenants } from './contract/tenants.ts';
export type { Tier } from './contract/tier.ts';
export type { Trace } from './contract/trace.ts';
export type { Trend } from './contract/trend.ts';
export type { Answer, Detector, DetectorDefinition, Inconclusive } from './detect/define.ts';
export { defineDetector, inconclusive } from './detect/define.ts';
export type { Finding } from './detect/finding.ts';
export type { Claim, Run } from './detect/run/run.ts';
export { openAiEmbedder } from './llm/embedder/openai-embedder.ts';
export { transformersEmbedder } from './llm/embedder/transformers-embedder.ts';
export { openAiJudge } from './llm/judge/openai-judge.ts';
export type { ByteInput, TraceInput } from './platform/trace-input.ts';
export { field, number, statement, tool } from './text/statement.ts';
export type { BrokenCase, Promotion, ReadSuite, ScriptCheck } from './verify/verify.ts';
