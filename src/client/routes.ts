// Made by npm run generate from the description of the API.

import type { Cluster } from '../contract/cluster.ts';
import type { Diff } from '../contract/diff.ts';
import type { Trace } from '../contract/trace.ts';

/** What has a name in requests and answers. */
export interface Schemas {
  Activity: {
    id: string;
    at: string;
    /** id of a user; `local` without accounts */
    by: string;
    action: string;
    changes: readonly {
      kind: 'cause' | 'trace' | 'pair' | 'project';
      subject: string;
      field: string;
      before?: unknown;
      after?: unknown;
    }[];
    undoes: string | null;
    undoneBy: string | null;
  };
  AnalysisSummary: {
    id: string;
    at: string;
    /** traces of the last 30 days; all where the last 30 days have none */
    traces: number;
    failed: number;
  };
  Cluster: Cluster;
  Decision: {
    kind: 'cause' | 'trace' | 'pair' | 'project';
    subject: string;
    field: string;
    value?: unknown;
    at: string;
    by: string;
  };
  Deploy: {
    id: string;
    at: string;
    release: string;
    promptVersion: string;
    model: string;
    environment: string;
    note: string;
  };
  DeployInput: {
    /** default: now */
    at?: string;
    release?: string;
    promptVersion?: string;
    model?: string;
    environment?: string;
    note?: string;
  };
  Diff: Diff;
  FailuresByCause: {
    /** failures of the filter; together those of the causes */
    total: number;
    /** of `byDay`: without gaps, up to the last with a failure, 90 at most; UTC */
    days: readonly string[];
    /** most failures first */
    causes: readonly {
      /** id; null for failures that belong to no cause, or that wait for an analysis */
      cause: string | null;
      failures: number;
      /** one for each of `days` */
      byDay: readonly number[];
      /** most failures first, 20 at most; '' not recorded */
      byPromptVersion: readonly {
        value: string;
        failures: number;
      }[];
      /** most failures first, 20 at most; '' not recorded */
      byTenant: readonly {
        value: string;
        failures: number;
      }[];
    }[];
  };
  Job: {
    id: string;
    kind: 'analysis' | 'session';
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
    /** who asked for it: id of a key or person, 'schedule', '' for anybody */
    by: string;
    created: string;
    started: string | null;
    ended: string | null;
    /** while it runs */
    progress: {
      step: string;
      done: number;
      /** null while unknown */
      total: number | null;
    } | null;
    /** what it made, once it is done */
    result: {
      analysis: string;
    } | null;
    error: {
      code: string;
      message: string;
    } | null;
  };
  Key: {
    id: string;
    name: string;
    /** the first letters of the secret */
    prefix: string;
    scopes: readonly ('ingest' | 'read' | 'write' | 'admin')[];
    created: string;
    revoked: string | null;
  };
  NewSession: {
    /** ''; the date and time */
    name?: string;
    filter?: Schemas['SessionFilter'];
    /** options of `analyze` by their names in docs/api.md; what is left out has its default */
    options?: Record<string, unknown>;
    agenda?: readonly {
      text: string;
      isDone: boolean;
    }[];
    people?: readonly string[];
    notes?: string;
  };
  Problem: {
    type: string;
    title: string;
    status: number;
    /** a stable word */
    code: string;
    /** what failed, on what, and what to do */
    detail: string;
  };
  Project: {
    id: string;
    name: string;
    created: string;
    settings: Schemas['ProjectSettings'];
  };
  ProjectSettings: {
    /** what becomes of personal data before anything is stored */
    redact: 'off' | 'mask' | 'hash';
    /** days that traces are kept */
    keepDays: number;
    /** rules such as `groundedness<0.7` */
    scores: readonly string[];
  };
  ScoreInput: {
    /** send the same id again to change the score */
    id?: string;
    traceId: string;
    spanId?: string;
    name: string;
    value?: number;
    label?: string;
    explanation?: string;
    annotator?: 'human' | 'model' | 'code' | 'unknown';
  };
  /** data of each kind of event; traces: those finished since the last such event */
  ServerEvents: {
    job: Schemas['Job'];
    analysis: Schemas['AnalysisSummary'];
    session: {
      id: string;
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
      /** while it runs */
      progress: {
        step: string;
        done: number;
        /** null while unknown */
        total: number | null;
      } | null;
    };
    traces: {
      finished: number;
      superseded: number;
      failed: number;
    };
  };
  Session: {
    /** `rolling`: the analysis of the last weeks that the server keeps */
    id: string;
    name: string;
    created: string;
    /** who made it: id of a key or person, '' for anybody */
    by: string;
    /** the session that it was made from */
    parent: string | null;
    /** as given, with its end */
    filter: Record<string, unknown>;
    /** of the analysis, with the defaults */
    options: Record<string, unknown>;
    agenda: readonly {
      text: string;
      isDone: boolean;
    }[];
    people: readonly string[];
    /** time spent */
    minutes: number;
    notes: string;
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
    /** while it runs */
    progress: {
      step: string;
      done: number;
      /** null while unknown */
      total: number | null;
    } | null;
    started: string | null;
    ended: string | null;
    /** that it looked at; null until it is done */
    traces: number | null;
    failed: number | null;
    error: {
      code: string;
      message: string;
    } | null;
  };
  SessionFilter: {
    /** start of the trace, inclusive */
    from?: string;
    /** exclusive; a session without it ends now */
    to?: string;
    failed?: boolean;
    status?: 'ok' | 'error' | 'unset';
    /** a detector that found something */
    signal?: string;
    /** a score of that name, with a value in [atLeast, below) */
    score?: {
      name: string;
      atLeast?: number;
      below?: number;
    };
    /** all of these words are in the output */
    words?: string;
    /** failures of this cause; `none`: of no cause */
    cause?: string;
    tenant?: string;
    user?: string;
    session?: string;
    environment?: string;
    release?: string;
    promptVersion?: string;
    model?: string;
    /** a random draw of the traces that the rest selects, by the seed of the options */
    draw?: {
      /** traces at most, of each value of `by` */
      most: number;
      /** null: from all traces together */
      by?: 'promptVersion' | 'tenant' | 'release' | 'model' | 'environment' | 'source' | 'status' | null;
    };
  };
  Source: {
    service: string;
    sdk: 'ai-sdk' | 'openinference' | 'openllmetry' | 'langsmith' | 'langfuse' | 'langfuse-ingestion' | 'opentelemetry' | 'other';
    sdkName: string;
    environment: string;
    /** whether traces come in; the rule says when a source counts as stopped */
    state: 'receiving' | 'stopped' | 'no_data';
    /** traces that are stored */
    traces: number;
    /** receipt of the first of them */
    first: string;
    last: string;
    usualIntervalMs: number | null;
    /** silence from which on it counts as stopped; null: it never sent regularly */
    stoppedAfterMs: number | null;
    /** its last traces, which the checklist counts; at most 1,000 */
    checked: number;
    checklist: readonly {
      item: 'input' | 'output' | 'root' | 'tool_results' | 'tool_definitions' | 'documents' | 'scores' | 'prompt_version' | 'model' | 'usage' | 'finish_reason' | 'tenant' | 'user' | 'session' | 'environment' | 'release';
      label: string;
      /** what cannot be told without it */
      why: string;
      /** traces to which it applies */
      applies: number;
      /** traces of those that carry it */
      carried: number;
      /** lines that add it; none where nothing is missing */
      lines: readonly {
        language: 'javascript' | 'python' | 'environment' | 'http';
        code: string;
        /** where the line goes, or for which version; '' when the code says it */
        note: string;
      }[];
    }[];
  };
  Status: {
    version: string;
    store: 'starting' | 'ready' | 'away' | 'closed';
    /** start of this process, from which on it counts */
    since: string;
    /** records accepted */
    received: number;
    /** records not taken, by reason */
    rejected: Record<string, number>;
    /** traces that are still arriving */
    openTraces: number;
    /** traces that rest, are stored, and are not assembled and judged yet */
    backlog: {
      traces: number;
      /** how long the oldest of them has waited */
      seconds: number;
    };
    /** traces assembled and judged */
    finished: number;
    /** of them, again because something arrived late */
    superseded: number;
    /** traces that could not be assembled */
    broken: number;
    /** traces of this project: stored, that can be judged, that failed, with a reason */
    funnel: {
      stored: number;
      eligible: number;
      failed: number;
      signaled: number;
    };
    /** from the first byte to a cause, with the reason of every drop: records and what never became a trace are those of all projects since the process began, the rest is of this project */
    coverage: readonly {
      name: string;
      unit: 'records' | 'traces';
      count: number;
      dropped: readonly {
        reason: string;
        count: number;
      }[];
    }[];
    /** sources of this project by state; `/sources` lists them */
    sources: {
      /** whether traces come in; the rule says when a source counts as stopped */
      state: 'receiving' | 'stopped' | 'no_data';
      receiving: number;
      stopped: number;
      no_data: number;
      rule: string;
    };
  };
  /** a canonical trace, as `culprit show --traces` has it */
  Trace: Trace;
  TraceSummary: {
    id: string;
    name: string;
    start: string;
    durationMs: number;
    status: 'ok' | 'error' | 'unset';
    failed: boolean;
    /** detectors that found something, the likeliest cause first */
    signals: readonly string[];
    /** the first 500 characters */
    input: string;
    /** the first 500 characters */
    output: string;
    model: string;
    promptVersion: string;
    tenant: string;
    environment: string;
    source: string;
    spans: number;
    scores: Record<string, number>;
    /** 1 for the first verdict; late spans bring another */
    version: number;
  };
}

/** What can be asked below `/api/v1`: what goes with it, and what is answered. */
export interface Routes {
  /** Traces, newest first */
  'GET /traces': {
    query?: {
      limit?: number | undefined;
      cursor?: string | undefined;
      /** start of the trace, inclusive */
      from?: string | undefined;
      /** exclusive */
      to?: string | undefined;
      status?: 'ok' | 'error' | 'unset' | undefined;
      failed?: 'true' | 'false' | undefined;
      /** a detector that found something */
      signal?: string | undefined;
      tenant?: string | undefined;
      user?: string | undefined;
      session?: string | undefined;
      environment?: string | undefined;
      release?: string | undefined;
      promptVersion?: string | undefined;
      model?: string | undefined;
      /** failures of this cause, by its id; `none`: those that belong to no cause */
      cause?: string | undefined;
      /** all of these words are in the output */
      words?: string | undefined;
    };
    answer: {
      items: readonly Schemas['TraceSummary'][];
      next: string | null;
    };
  };
  /** Delete all traces of a user or a tenant for good; answers when their bytes are gone */
  'DELETE /traces': {
    query?: {
      user?: string | undefined;
      tenant?: string | undefined;
    };
    answer: {
      /** traces deleted; 0 where none is stored */
      traces: number;
    };
  };
  /** A trace with its spans and what was found in it */
  'GET /traces/{id}': {
    path: {
      id: string;
    };
    answer: {
      /** null until the trace is finished */
      summary: Schemas['TraceSummary'] | null;
      trace: Schemas['Trace'];
      signals: readonly {
        detector: string;
        verdict: 'yes' | 'no' | 'unknown';
        spanId: string;
        path: string;
        quote: string;
      }[];
    };
  };
  /** Delete a trace for good; answers when its bytes are gone */
  'DELETE /traces/{id}': {
    path: {
      id: string;
    };
    answer: {
      /** traces deleted; 0 where none is stored */
      traces: number;
    };
  };
  /** Judge traces or spans; traces that are finished are judged anew */
  'POST /scores': {
    body: Schemas['ScoreInput'] | readonly Schemas['ScoreInput'][];
    answer: {
      accepted: number;
    };
  };
  /** Record that a release, a prompt version or a model went live */
  'POST /deploys': {
    body: Schemas['DeployInput'];
    answer: Schemas['Deploy'];
  };
  /** Deploys, newest first */
  'GET /deploys': {
    answer: {
      items: readonly Schemas['Deploy'][];
    };
  };
  /** Import a file of any format that `culprit analyze` reads; answers when it is stored */
  'POST /imports': {
    query?: {
      /** of the file: records without an id are named after it and their line */
      name?: string | undefined;
      /** refuse the whole, before anything is stored, when something is not understood */
      strict?: 'true' | 'false' | undefined;
      /** columns of a table: `input=question,output=answer` */
      map?: string | undefined;
    };
    body: Blob | Uint8Array<ArrayBuffer>;
    answer: {
      name: string;
      /** shapes seen, the most frequent first */
      formats: readonly string[];
      /** bytes read, after decompression */
      bytes: number;
      /** lines, rows, spans or objects read */
      records: number;
      /** traces that the records are about */
      traces: number;
      /** records on disk now; sent again, they count once */
      stored: {
        spans: number;
        logs: number;
        scores: number;
        conversations: number;
      };
      /** conversations that were stored before, with the same content */
      repeated: number;
      /** log records that tell nothing about a run; not stored */
      ignoredLogs: number;
      /** what was not understood; a strict import refuses it */
      lost: {
        /** all of them: problems and fields */
        count: number;
        /** what could not be read or understood */
        problems: readonly {
          code: string;
          count: number;
          /** of the first */
          line: number | null;
          /** of the first */
          message: string;
        }[];
        /** fields that the reader of their format leaves out */
        fields: readonly {
          /** of the object, or `span` */
          format: string;
          field: string;
          /** objects that hold something in it */
          count: number;
        }[];
      };
      /** attributes that are stored and shown, and mean nothing to any detector */
      kept: readonly {
        /** of the object, or `span` */
        format: string;
        field: string;
        /** objects that hold something in it */
        count: number;
      }[];
    };
  };
  /** How far the history of another tool was imported */
  'GET /import-states': {
    query: {
      /** names the project of another tool: `langfuse https://… pk-…` */
      source: string;
    };
    answer: {
      state?: unknown;
    };
  };
  /** Keep how far the history of another tool was imported */
  'PUT /import-states': {
    body: {
      /** names the project of another tool: `langfuse https://… pk-…` */
      source: string;
      /** whatever the importer needs to go on */
      state: Record<string, unknown>;
    };
    answer: undefined;
  };
  /** How an export went, and what its format could not hold */
  'GET /exports/{id}': {
    path: {
      id: string;
    };
    answer: {
      state: 'running' | 'done' | 'failed';
      traces: number;
      records: number;
      leftOut: readonly {
        what: string;
        count: number;
      }[];
    };
  };
  /** Copy the traces of all projects to a folder of the server, while it serves */
  'POST /backups': {
    body?: {
      /** of the folder below `backups` */
      name?: string;
    };
    answer: {
      /** of the folder below `backups` */
      name: string;
    };
  };
  /** Put a backup in the place of the traces of all projects; what was deleted since is deleted again */
  'POST /backups/{name}/restore': {
    path: {
      /** of the folder below `backups` */
      name: string;
    };
    answer: undefined;
  };
  /** The project of the key that is used */
  'GET /project': {
    answer: Schemas['Project'];
  };
  /** Change settings; they apply to what is received from then on */
  'PATCH /project': {
    body: {
      /** what becomes of personal data before anything is stored */
      redact?: 'off' | 'mask' | 'hash';
      /** days that traces are kept */
      keepDays?: number;
      /** rules such as `groundedness<0.7` */
      scores?: readonly string[];
    };
    answer: Schemas['Project'];
  };
  /** All projects */
  'GET /projects': {
    answer: {
      items: readonly Schemas['Project'][];
    };
  };
  /** Make a project, with a key that may do everything in it */
  'POST /projects': {
    body: {
      name: string;
    };
    answer: {
      project: Schemas['Project'];
      key: Schemas['Key'];
      /** shown once */
      secret: string;
    };
  };
  /** Keys of the project, without their secrets */
  'GET /keys': {
    answer: {
      items: readonly Schemas['Key'][];
    };
  };
  /** Make a key; its secret is shown once */
  'POST /keys': {
    body: {
      name: string;
      scopes?: readonly ('ingest' | 'read' | 'write' | 'admin')[];
    };
    answer: {
      key: Schemas['Key'];
      secret: string;
    };
  };
  /** Revoke a key; it stops working within seconds */
  'DELETE /keys/{id}': {
    path: {
      id: string;
    };
    answer: undefined;
  };
  /** The latest analysis, and whether another one is being made */
  'GET /analyses/latest': {
    answer: {
      /** null before the first analysis */
      analysis: Schemas['AnalysisSummary'] | null;
      isRunning: boolean;
    };
  };
  /** Everything that the report of an analysis shows, without what people have decided */
  'GET /analyses/{id}/report': {
    path: {
      id: string;
    };
    answer: unknown;
  };
  /** What each failure that an analysis looked at cost, in the order of its `failures` */
  'GET /analyses/{id}/losses': {
    path: {
      id: string;
    };
    answer: {
      /** a number for each user; -1 where none is recorded */
      user: readonly number[];
      /** US dollars; 0 where not recorded */
      cost: readonly number[];
      tokens: readonly number[];
      /** from start to end */
      milliseconds: readonly number[];
    };
  };
  /** Root causes of recent failures, in order of rank, and all stored failures by cause */
  'GET /causes': {
    query?: {
      /** of the failures: start of the trace, inclusive */
      from?: string | undefined;
      /** exclusive */
      to?: string | undefined;
      tenant?: string | undefined;
      environment?: string | undefined;
      release?: string | undefined;
      promptVersion?: string | undefined;
      model?: string | undefined;
    };
    answer: {
      /** null before the first analysis */
      analysis: Schemas['AnalysisSummary'] | null;
      isRunning: boolean;
      /** `clusters` of the output of `culprit analyze --json` */
      causes: readonly Schemas['Cluster'][];
      failures: Schemas['FailuresByCause'];
    };
  };
  /** Analyze anew, or join the analysis that waits or runs */
  'POST /analyses': {
    query?: {
      /** answer when it has ended, or after ten minutes */
      wait?: 'true' | 'false' | undefined;
    };
    answer: Schemas['Job'];
  };
  /** Sessions of error analysis, newest first; before them the analysis that is kept current */
  'GET /sessions': {
    answer: {
      items: readonly Schemas['Session'][];
    };
  };
  /** Begin a session: its traces are analyzed as `culprit analyze` would */
  'POST /sessions': {
    body: Schemas['NewSession'];
    answer: Schemas['Session'];
  };
  /** How many traces a filter selects, and on demand the values that they have */
  'POST /sessions/preview': {
    body: {
      filter?: Schemas['SessionFilter'];
      seed?: number;
      values?: boolean;
    };
    answer: {
      traces: number;
      /** that can be judged */
      eligible: number;
      /** of these */
      failed: number;
      /** failures in which a detector found something */
      explained: number;
      /** of each kind the 50 most frequent; [] unless asked for */
      values: readonly {
        of: 'promptVersion' | 'tenant' | 'release' | 'model' | 'environment' | 'source' | 'status' | 'signal' | 'score';
        value: string;
        traces: number;
        failed: number;
      }[];
    };
  };
  /** A session: what it asks for, where it is, and what was noted down */
  'GET /sessions/{id}': {
    path: {
      id: string;
    };
    answer: Schemas['Session'];
  };
  /** Change name, agenda, people and notes of a session, or add to the time spent */
  'PATCH /sessions/{id}': {
    path: {
      id: string;
    };
    body: {
      name?: string;
      agenda?: readonly {
        text: string;
        isDone: boolean;
      }[];
      people?: readonly string[];
      notes?: string;
      /** added to the time spent */
      addMinutes?: number;
    };
    answer: Schemas['Session'];
  };
  /** Delete a session with its result; its traces stay */
  'DELETE /sessions/{id}': {
    path: {
      id: string;
    };
    answer: undefined;
  };
  /** Stop a session that waits or runs */
  'POST /sessions/{id}/cancel': {
    path: {
      id: string;
    };
    answer: Schemas['Session'];
  };
  /** Analyze the traces of a session anew, beside it; open items of its agenda come along */
  'POST /sessions/{id}/rerun': {
    path: {
      id: string;
    };
    body: {
      name?: string;
      /** replace those of the same name */
      options?: Record<string, unknown>;
    };
    answer: Schemas['Session'];
  };
  /** The result of a session as `culprit analyze --json` prints it */
  'GET /sessions/{id}/json': {
    path: {
      id: string;
    };
    answer: unknown;
  };
  /** Everything that the report of a session shows */
  'GET /sessions/{id}/result': {
    path: {
      id: string;
    };
    answer: unknown;
  };
  /** What the traces of another session show against the causes of this one */
  'GET /sessions/{id}/diff/{other}': {
    path: {
      id: string;
      other: string;
    };
    answer: Schemas['Diff'];
  };
  /** What people have decided about causes, failures and the formula, as it holds now */
  'GET /decisions': {
    answer: {
      items: readonly Schemas['Decision'][];
    };
  };
  /** Decide: all changes are made, or none; null takes a value back */
  'POST /decisions': {
    body: {
      /** a verb for the activity log */
      action: string;
      changes: readonly {
        kind: 'cause' | 'trace' | 'pair' | 'project';
        subject: string;
        field: string;
        value?: unknown;
      }[];
    };
    answer: Schemas['Activity'];
  };
  /** Who decided what, newest first */
  'GET /activity': {
    query?: {
      limit?: number | undefined;
      /** id of the last line of the page before */
      before?: string | undefined;
    };
    answer: {
      items: readonly Schemas['Activity'][];
      next: string | null;
    };
  };
  /** Set everything that an action changed to what it was before */
  'POST /activity/{id}/undo': {
    path: {
      id: string;
    };
    answer: Schemas['Activity'];
  };
  /** Where traces come from, whether they still come, and what they carry and lack */
  'GET /sources': {
    answer: {
      /** whether traces come in; the rule says when a source counts as stopped */
      state: 'receiving' | 'stopped' | 'no_data';
      /** when a source counts as stopped or without data */
      rule: string;
      items: readonly Schemas['Source'][];
    };
  };
  /** What the server works on for the project, or did within the last week; newest first */
  'GET /jobs': {
    query?: {
      limit?: number | undefined;
    };
    answer: {
      items: readonly Schemas['Job'][];
    };
  };
  /** A job: where it is, what it made, or why it failed */
  'GET /jobs/{id}': {
    path: {
      id: string;
    };
    answer: Schemas['Job'];
  };
  /** Cancel a job; one that runs stops within seconds */
  'POST /jobs/{id}/cancel': {
    path: {
      id: string;
    };
    answer: Schemas['Job'];
  };
  /** What the server has received, what became of it, and why anything was dropped */
  'GET /status': {
    answer: Schemas['Status'];
  };
}
