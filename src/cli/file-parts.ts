import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Diff } from '../contract/diff.ts';
import type { GivenCommandRecord } from '../contract/given-command.ts';
import type { ReportData } from '../contract/report.ts';
import type { Suite } from '../contract/suite.ts';
import { readTraces } from '../culprit.ts';
import type { Backend, FileBackendParts } from '../mcp/mcp.ts';
import { runFileEnds, runFilesIn } from '../platform/run-file.ts';
import { promoteLine } from '../text/promote-line.ts';
import { shellWord } from '../text/shell-word.ts';
import { runEnds } from '../verify/verify.ts';
import { INCOMPLETE } from './exit-code.ts';
import { listedSuites } from './listed-suites.ts';
import type { McpOptions } from './mcp-options.ts';
import { sourcesOf } from './named-files.ts';
import { ownCommand } from './own-command.ts';
import { keepProposal, keptProposals } from './proposal-files.ts';
import { reportText, sourceIn } from './report-source.ts';

const REPORT = 'culprit-report.html';
const MOST_RUNS = 5;

/** What the tools need of trace files, or of a report; `close` ends what runs, and removes what was made. */
export async function fileParts(
  given: readonly string[],
  { suite: folder, target }: McpOptions,
  verify: Backend['verify'],
): Promise<FileBackendParts & { readonly close: () => Promise<void> }> {
  const isReport = given.length === 0 || (given.length === 1 && (await isReportFile(given[0]!)));
  const files = given.length === 0 ? [REPORT] : given;
  const ending = new AbortController();
  const temporary = isReport ? null : await mkdtemp(join(tmpdir(), 'culprit-mcp-'));
  const analyzed = isReport
    ? keptReport(files[0]!)
    : analysisOf(files, join(temporary!, REPORT), ending.signal);
  /** How the last report that was read was made. */
  let command: GivenCommandRecord | null = isReport ? null : { files, flags: [] };
  const report = async (): Promise<ReportData> => {
    const read = await analyzed();
    if (isReport) ({ command } = read.analysis);
    return read;
  };
  const analyzedWith = async (): Promise<GivenCommandRecord> => {
    await report();
    if (command !== null) return withoutCode(command, files[0]!);
    throw new CulpritError(
      'invalid_input',
      `${files[0]} does not say which traces it was made from: start culprit mcp with the trace files`,
    );
  };
  return {
    source: files.join(', '),
    report,
    traces: () => (command === null || command.flags.length > 0 ? null : tracesIn(command.files)),
    suites: () => listedSuites(folder),
    runs: async () =>
      runFilesIn(join(folder, 'runs'))
        .slice(-MOST_RUNS)
        .toReversed()
        .map((path) => {
          const { header, end } = runEnds(runFileEnds(path), path);
          return {
            ...{ id: header.id, at: header.createdAt },
            version: header.target.version ?? header.target.spec,
            verdict: end?.judgment.verdict ?? null,
            sentence: end?.judgment.sentence ?? null,
          };
        }),
    proposals: () => keptProposals(folder),
    propose: async (cause, proposal) => {
      if (!CAUSE_ID.test(cause)) throw strangeId(cause);
      return keepProposal(folder, cause, proposal, new Date().toISOString());
    },
    async promote(cause, picks) {
      const { files: from, flags } = await analyzedWith();
      if (!CAUSE_ID.test(cause)) throw strangeId(cause);
      const { stdout } = await ownCommand(
        [
          ...['promote', ...from, cause, ...flags, '--suite', folder],
          ...picks.flatMap((id) => ['--pick', id]),
          '--json',
        ],
        { signal: ending.signal },
      );
      return promotedOf(JSON.parse(stdout) as PromoteRecord);
    },
    verify,
    async diff({ by, from, to }) {
      const { files: inputs, flags } = await analyzedWith();
      if (inputs.length !== 1)
        throw new CulpritError(
          'invalid_input',
          `diff: it compares groups of one file or folder, and there are ${inputs.length} files`,
        );
      const { stdout } = await ownCommand(
        [
          ...['diff', inputs[0]!, ...flags, '--by', by, '--json'],
          ...(from === undefined ? [] : ['--from', from]),
          ...(to === undefined ? [] : ['--to', to]),
        ],
        { signal: ending.signal },
      );
      return { kind: 'done', diff: JSON.parse(stdout) as Diff };
    },
    command({ kind, cause, by }) {
      if (kind === 'verify')
        return `culprit eval ${shellWord(folder)} --target ${target === undefined ? '…' : shellWord(target)}`;
      if (command === null) return null;
      const inputs = command.files.map(shellWord).join(' ');
      if (kind === 'promote') return promoteLine(command, cause ?? '');
      return kind === 'diff'
        ? `culprit diff ${inputs} --by ${shellWord(by ?? 'promptVersion')}`
        : `culprit analyze ${inputs}`;
    },
    async close() {
      ending.abort();
      if (temporary !== null) await rm(temporary, { recursive: true, force: true });
    },
  };
}

/** An analysis makes no other ids; a report that came from elsewhere may hold any text. */
const CAUSE_ID = /^c-[0-9a-f]{8}$/;

const strangeId = (cause: string): CulpritError =>
  new CulpritError('invalid_input', `${cause.slice(0, 80)} is no id of a cause`);

/** Options that load code or send traces somewhere, which a report that came from elsewhere may name. */
const LOADING =
  /^--(?:detector|check-file|policy|prices|from|judge|base-url|embedder|label-model)(?:=|$)/;

/**
 * What a report says of how it was made, without what would run code here, or send traces elsewhere.
 * @throws CulpritError `invalid_input`
 */
function withoutCode(command: GivenCommandRecord, report: string): GivenCommandRecord {
  const { files, flags } = command;
  const loading =
    flags.find((word) => LOADING.test(word)) ?? files.find((path) => path.startsWith('-'));
  if (loading === undefined) return command;
  throw new CulpritError(
    'invalid_input',
    `${report} was made with ${loading.slice(0, 80)}, which this does not run by itself: a person runs ${promoteLine(command, 'the cause')}`,
  );
}

/** A page, or JSON as `analyze --json` prints it; traces are neither. Throws `unreadable_file`. */
async function isReportFile(path: string): Promise<boolean> {
  const file = await open(path).catch((cause: unknown) => {
    throw new CulpritError('unreadable_file', `${path}: cannot be read`, { cause });
  });
  try {
    if ((await file.stat()).isDirectory()) return false;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return /^\s*(?:<!doctype html|\{"version":\d+,"toolVersion":)/i.test(
      buffer.toString('utf8', 0, bytesRead),
    );
  } finally {
    await file.close();
  }
}

const HEAD = 200;

/** The report at a path, read anew when it has changed. */
function keptReport(path: string): () => Promise<ReportData> {
  let kept: { readonly version: string; readonly report: Promise<ReportData> } | null = null;
  return async () => {
    const { mtimeMs, size } = await stat(path).catch((cause: unknown) => {
      throw new CulpritError(
        'unreadable_file',
        `${path} is not here: run culprit analyze traces.jsonl, which writes it, or start culprit mcp with the trace files`,
        { cause },
      );
    });
    const version = `${mtimeMs} ${size}`;
    if (kept?.version !== version) kept = { version, report: readReport(path) };
    return kept.report;
  };
}

/** The analysis of files, made at the first call in a process of its own, so that this one goes on answering. */
function analysisOf(
  files: readonly string[],
  path: string,
  signal: AbortSignal,
): () => Promise<ReportData> {
  let made: Promise<ReportData> | null = null;
  const analyze = async (): Promise<ReportData> => {
    await ownCommand(['analyze', ...files, '--out', path], { ended: [0, INCOMPLETE], signal });
    return readReport(path);
  };
  return () => {
    made ??= analyze().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}

const readReport = async (path: string): Promise<ReportData> =>
  sourceIn(await reportText(path), path);

async function* tracesIn(files: readonly string[]) {
  yield* readTraces(await sourcesOf(files.map((path) => ({ path, name: path }))));
}

/** As `culprit promote --json` prints it. */
interface PromoteRecord {
  readonly file: string;
  readonly suite: Suite;
  readonly added: readonly string[];
  readonly broken: readonly { readonly trace: string; readonly why: string }[];
  readonly notes: readonly string[];
  readonly diff: unknown;
}

function promotedOf({ file, suite, added, broken, notes, diff }: PromoteRecord) {
  const isAdded = new Set(added);
  return {
    ...{ file, isNew: diff === null && added.length > 0, broken, notes },
    checks: suite.checks.map(
      ({ check, params, negate }) =>
        `${negate === true ? 'not ' : ''}${check} ${JSON.stringify(params ?? {})}`,
    ),
    cases: suite.cases
      .filter(({ id }) => isAdded.has(id))
      .map(({ id, role, trace, proof, input }) => ({ id, role, trace, proof, input: input ?? '' })),
  };
}
