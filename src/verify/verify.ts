import type * as z from 'zod';
import type { CheckOutcome, CheckUse } from '../contract/check-use.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { AttemptRequest, TargetAnswer } from '../contract/eval-target.ts';
import type { Redaction } from '../contract/redaction.ts';
import type { Replay, ReplayMode } from '../contract/replay.ts';
import type { Suite, SuiteCase } from '../contract/suite.ts';
import type { Trace } from '../contract/trace.ts';
import { redactor } from '../redact/redact.ts';
import type { CheckServices } from './checks/define.ts';
import { checkPage } from './checks/page.ts';
import { subjectOf } from './checks/subject.ts';
import { checkNamed, prepareCheck } from './checks/use-check.ts';
import { EXPORT_FORMATS, type ExportFormat, exportSuites } from './exchange/export-suites.ts';
import type { Exported } from './exchange/exported.ts';
import { type Imported, type ImportInput, importSuite } from './exchange/import-suite.ts';
import { type ReadTable, readIncoming } from './exchange/read-incoming.ts';
import { checksOfFile, type FileChecks } from './file-checks.ts';
import { type Mined, type MineInput, mine } from './mine/mine.ts';
import {
  type CauseInput,
  type PromoteInput,
  type Promotion,
  promoteFailures,
  promoteOne,
} from './promote/promote.ts';
import type { Proof } from './promote/prove.ts';
import { replayOf } from './replay/replay.ts';
import { matchTraces } from './run/match-traces.ts';
import { type PlannedAttempt, payloadOf } from './run/plan-attempts.ts';
import { diffSuites, type SuiteDiff } from './suite/diff-suites.ts';
import { checkedYaml, parseYaml } from './suite/located.ts';
import { type ParsedSuite, parseSuite } from './suite/parse-suite.ts';
import { proveSuite } from './suite/prove-suite.ts';
import { type ReadSuite, readSuites, requireSuites, type SuiteFile } from './suite/read-suites.ts';
import { contentHash } from './suite/suite-hash.ts';
import { suiteJsonSchema } from './suite/suite-json-schema.ts';
import { SCHEMA_FILE } from './suite/suite-text.ts';

export type { CheckServices, ScriptCheck } from './checks/define.ts';
// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { type DetectOptions, subjectOf } from './checks/subject.ts';
export { prepareCheck } from './checks/use-check.ts';
export type { ExportFormat } from './exchange/export-suites.ts';
export type { Exported, Loss } from './exchange/exported.ts';
export type { Imported } from './exchange/import-suite.ts';
export type { FileChecks } from './file-checks.ts';
export type { Mined } from './mine/mine.ts';
export type { BrokenCase } from './promote/case-builder.ts';
export type { Promotion } from './promote/promote.ts';
export type { Proof } from './promote/prove.ts';
export { annotations } from './results/annotations.ts';
export { reasonOf } from './results/case-results.ts';
export { evaluationLogs } from './results/evaluation-logs.ts';
export { historyOf } from './results/history.ts';
export { junit } from './results/junit.ts';
export { markdown } from './results/markdown.ts';
export { evalReport } from './results/report/eval-report.ts';
export { type RunReport, runReport } from './results/report/run-report.ts';
export { tightest } from './run/budget.ts';
export { asBaseline, type EvalResult, evaluate, spentSlices, withSpent } from './run/evaluate.ts';
export { nextStep } from './run/next-step.ts';
export { attemptKey } from './run/plan-attempts.ts';
export type { Send } from './run/run-attempts.ts';
export { attemptsIn, changedSince, parseRunLog, type RunLog, runEnds } from './run/run-log.ts';
export { type SelectedSuite, SLICE_USES, selectSuites } from './run/select-suites.ts';
export { type TriedFix, tryFixes } from './run/try-fixes.ts';
export type { SuiteDiff } from './suite/diff-suites.ts';
export type { ReadSuite, SuiteFile } from './suite/read-suites.ts';
export type { FalseAlarms } from './verdict/false-alarms.ts';

/** Turns a cause of an analysis into a suite. Throws what `promoteOne` throws. */
export const promoteCause = (input: PromoteInput): Promise<Promotion> => promoteOne(input);

/** The same for a cause whose failures were found before. Throws what `promoteFailures` throws. */
export const promoteMembers = (input: CauseInput): Promise<Promotion> => promoteFailures(input);

/** Adversarial cases of a cause, made from those of its suite. Throws what `mine` throws. */
export const mined = (input: MineInput): Promise<Mined> => mine(input);

/** The suites in files. Throws CulpritError `invalid_suite` with file and line. */
export const suitesIn = (files: readonly SuiteFile[]): readonly ReadSuite[] => readSuites(files);

/** A YAML file that the user named, by its schema. Throws `invalid_suite` with file and line. */
export const yamlOf = <Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  what: string,
): z.output<Schema> => checkedYaml(parseYaml(text, file), schema, what);

/** A suite by its own file alone, without the contents of its cases. Throws `invalid_suite` with file and line. */
export const suiteIn = ({ text, path }: SuiteFile): ParsedSuite => parseSuite(text, path);

/** The same, of which there must be one. */
export const suitesRequired = (files: readonly SuiteFile[], folder: string): readonly ReadSuite[] =>
  requireSuites(readSuites(files), folder);

/** Whether the recorded outputs still prove the cases. */
export const proofsOf = (
  read: ReadSuite,
  services: CheckServices,
): Promise<ReadonlyMap<SuiteCase, Proof>> => proveSuite(read, services);

/** What differs between two versions of a suite. */
export const suiteDiff = (from: Suite, to: Suite): SuiteDiff => diffSuites(from, to);

/** Programs that suites are exported to. */
export const exportFormats: readonly ExportFormat[] = EXPORT_FORMATS;

/** The cases of suites in the form of another program, with what is lost on the way. */
export const exported = (suites: readonly ReadSuite[], to: ExportFormat): Exported =>
  exportSuites(suites, to);

/**
 * A file of another program as a suite, redacted; references are compared by the check named.
 * @throws CulpritError `invalid_suite` with file and line, `empty_input` for a file without cases.
 */
export const imported = (
  text: string,
  file: string,
  {
    compare,
    readTable,
    redaction,
    ...input
  }: Omit<ImportInput, 'incoming' | 'redact' | 'redaction'> & {
    readonly compare: 'equals' | 'contains';
    readonly readTable: ReadTable;
    readonly redaction: Redaction;
  },
): Promise<Imported & { readonly format: string }> => {
  const incoming = readIncoming(text, file, compare, readTable);
  return importSuite({
    ...{ ...input, incoming, redaction: redaction.mode, redact: redactor(redaction).data },
  }).then((made) => ({ ...made, format: incoming.format }));
};

/** The JSON Schema of suites, and the name of the file that editors find it in. */
export const suiteSchemaFile = (): { readonly name: string; readonly text: string } => ({
  name: SCHEMA_FILE,
  text: `${JSON.stringify(suiteJsonSchema(), null, 1)}\n`,
});

/** The checks of a file as an analysis takes them. Throws CulpritError `invalid_suite` with file and line. */
export const checksIn = (
  text: string,
  file: string,
  script: NonNullable<CheckServices['script']>,
): Promise<FileChecks> => checksOfFile(text, file, script);

/** Everything about one check, as Markdown. Throws CulpritError `invalid_option` for an unknown one. */
export const aboutCheck = (id: string): string => checkPage(checkNamed(id));

/** The recorded tool results of a case; null where tools are live. */
export const replayed = (
  { read, case: { hash } }: PlannedAttempt,
  mode: ReplayMode | 'live',
): Replay | null => (mode === 'live' ? null : replayOf(payloadOf(read, hash).toolResults, mode));

/** Answers cases from recorded traces, by their request. */
export const tracesByRequest = (
  traces: readonly Trace[],
): ((request: AttemptRequest) => TargetAnswer) => matchTraces(traces);

/** 16 hex digits that tell contents apart. */
export const hashOfTexts = (texts: readonly string[]): string => contentHash(texts);

/**
 * One check, ready to be asked about many traces.
 * @throws CulpritError `invalid_option` for an unknown check, for parameters that it does not take, and for one that needs a
 * model or a module.
 */
export function readyCheck(use: CheckUse): (trace: Trace) => Promise<CheckOutcome> {
  if (NEEDS_MORE.has(use.check))
    throw new CulpritError(
      'invalid_option',
      `the check ${use.check} needs ${use.check === 'judge' ? 'a model: give kind: model' : 'a module, which nothing loads here'}`,
    );
  const { load, ask } = prepareCheck(use);
  return async (trace) => {
    await load();
    return await ask(subjectOf(trace));
  };
}

const NEEDS_MORE: ReadonlySet<string> = new Set(['judge', 'script']);
