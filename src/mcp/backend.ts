import type { CauseProposal } from '../contract/cause-proposal.ts';
import type { Diff } from '../contract/diff.ts';
import type { ReportData } from '../contract/report.ts';
import type { Trace } from '../contract/trace.ts';
import type { QueryResult, TraceQuery } from '../contract/trace-query.ts';
import type { RunJudgment } from '../contract/verdict.ts';

/** Where the tools find their answers: local files, or a running server. Failures are CulpritError or ApiError. */
export interface Backend {
  /** What it reads, in a few words. */
  readonly source: string;
  /** Null where there is no analysis yet. */
  report(): Promise<ReportData | null>;
  /** Null where there is no trace of that id. */
  trace(id: string): Promise<TraceView | null>;
  search(asked: SearchRequest): Promise<SearchResult>;
  query(asked: TraceQuery): Promise<QueryResult>;
  suites(): Promise<readonly ListedSuite[]>;
  /** The last runs of suites, newest first. */
  runs(): Promise<readonly ListedRun[]>;
  /** Open proposals, by cause. */
  proposals(): Promise<readonly ListedProposal[]>;
  /** Keeps a proposal for a person to decide; says where it is. */
  propose(cause: string, proposal: CauseProposal): Promise<string>;
  /** Writes the suite of a cause, or adds what is new to it. `picks`: ids of traces that become guards. */
  promote(cause: string, picks: readonly string[]): Promise<Promoted>;
  verify(asked: VerifyRequest, signal: AbortSignal): Promise<Verified>;
  diff(asked: DiffRequest): Promise<Compared>;
  /** The equivalent command line; null if there is none. */
  command(what: CommandRequest): string | null;
}

/** A trace, as much of it as is known. */
export interface TraceView
  extends Pick<
    Trace,
    | 'id'
    | 'name'
    | 'tenant'
    | 'promptName'
    | 'promptVersion'
    | 'release'
    | 'model'
    | 'environment'
    | 'error'
    | 'messages'
    | 'tools'
    | 'spans'
  > {
  /** What is missing, in a sentence; null for a whole trace. */
  readonly missing: string | null;
}

export interface SearchRequest {
  readonly words: string;
  readonly cause?: string | undefined;
}

export interface SearchResult {
  /** What was searched, in a few words. */
  readonly searched: string;
  /** At most 200. */
  readonly items: readonly FoundTrace[];
  readonly hasMore: boolean;
}

interface FoundTrace {
  readonly trace: string;
  readonly cause: string | null;
  readonly failed: boolean;
  readonly promptVersion: string | null;
  readonly tenant: string | null;
  /** Text around the first of the words. */
  readonly text: string;
}

export interface ListedSuite {
  readonly file: string;
  readonly cause: string;
  readonly title: string;
  readonly guards: number;
  readonly controls: number;
  /** Held-out cases that no run has spent. */
  readonly slice: number;
}

interface ListedRun {
  readonly id: string;
  readonly at: string;
  readonly version: string;
  readonly verdict: string | null;
  readonly sentence: string | null;
}

export interface ListedProposal extends CauseProposal {
  readonly cause: string;
  readonly at: string;
  readonly by: string;
}

interface Promoted {
  readonly file: string;
  readonly isNew: boolean;
  readonly checks: readonly string[];
  readonly cases: readonly {
    readonly id: string;
    readonly role: string;
    readonly trace: string;
    readonly proof: string;
    readonly input: string;
  }[];
  /** Traces that prove nothing, and why. */
  readonly broken: readonly { readonly trace: string; readonly why: string }[];
  readonly notes: readonly string[];
}

export interface VerifyRequest {
  /** Only the suite of this cause. */
  readonly cause?: string | undefined;
  /** Name of the version that is tested. */
  readonly version?: string | undefined;
  readonly repeat?: number | undefined;
  /** Compare with the baseline of the operator, which spends the slice. */
  readonly compare: boolean;
}

interface Verified {
  /** Id of the run, and its record. */
  readonly run: string;
  readonly record: string | null;
  readonly version: string;
  readonly judgment: Pick<RunJudgment, 'verdict' | 'sentence'> & {
    readonly causes: readonly Pick<
      RunJudgment['causes'][number],
      'cause' | 'verdict' | 'sentence' | 'guards' | 'controls' | 'slice'
    >[];
  };
  /** Cases that do not pass, and why; text of the answers of the target. */
  readonly failing: readonly {
    readonly case: string;
    readonly role: string;
    readonly verdict: string;
    readonly why: string;
  }[];
  /** What to do, one sentence without the final period. */
  readonly next: string;
}

export interface DiffRequest {
  readonly by: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export type Compared =
  | { readonly kind: 'done'; readonly diff: Diff }
  | { readonly kind: 'running'; readonly why: string };

interface CommandRequest {
  readonly kind: 'list' | 'show' | 'promote' | 'verify' | 'diff';
  readonly cause?: string;
  readonly by?: string;
}
