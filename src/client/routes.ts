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
      kind: 'cause' | 'trace' | 'pair' | 'proposal' | 'project' | 'label' | 'taxonomy' | 'queue';
      subject: string;
      field: string;
      before?: unknown;
      after?: unknown;
    }[];
    undoes: string | null;
    undoneBy: string | null;
  };
  Alert: {
    alertVersion: 1;
    /** one message when an incident opens and one when it ends; `digest` of a scheduled session, `test` for a try */
    kind: 'opened' | 'resolved' | 'unresolved' | 'digest' | 'test';
    /** the same in all messages of an incident */
    incident: string;
    /** epoch milliseconds */
    at: number;
    /** when the incident began */
    since: number;
    project: string;
    watcher: {
      id: string;
      name: string;
      of: {
        kind: 'score';
        score: string;
      } | {
        kind: 'cause';
        /** id of the cause */
        cause: string;
      } | {
        kind: 'failures';
      } | {
        kind: 'novelty';
      } | {
        kind: 'cost';
      } | {
        kind: 'latency';
      } | {
        kind: 'traffic';
      } | {
        kind: 'sources';
      } | {
        kind: 'judges';
      } | {
        kind: 'versions';
        by: 'promptVersion' | 'release';
        /** traces that a version and the one before must have until they are compared */
        floor?: number;
      };
    };
    /** '' for nobody */
    owner: string;
    /** what happened, in a sentence */
    headline: string;
    /** of the last hour */
    value: number | null;
    usual: number | null;
    /** the cause that is watched, or those that moved the score, most first */
    causes: readonly {
      id: string;
      title: string;
      /** of the mean of a score, in its unit */
      change: number | null;
    }[];
    /** of the change of a score, what no cause explains; null for other watchers */
    unexplained: number | null;
    /** ids of up to three traces */
    traces: readonly string[];
    /** a command that goes on from here */
    next: string;
    /** the page of the incident or session */
    url: string | null;
    /** Markdown; null for incidents */
    digest: string | null;
  };
  AnalysisSummary: {
    id: string;
    at: string;
    /** start of the 30 days whose traces it looked at; null: it looked at all, since these alone were few with few failures */
    from: string | null;
    /** that it looked at */
    traces: number;
    failed: number;
    /** traces that are stored from before its last 30 days; looked at where `from` is null */
    older: number;
  };
  AuditEntry: {
    id: number;
    at: string;
    /** id of the person or key; on a server without sign-in a name that was given, or `local` */
    by: string;
    /** of the person or key, at that time */
    name: string;
    /** such as `key.revoke` */
    action: string;
    /** id of what it was done to; '' for the project */
    subject: string;
    /** null where it was not there */
    before?: unknown;
    after?: unknown;
  };
  CauseFix: {
    /** the first first; without those that were undone */
    states: readonly {
      at: string;
      by: string;
      state: 'new' | 'confirmed' | 'fixing' | 'fixed' | 'regressed' | 'muted';
      fixedIn: Schemas['FixedIn'] | null;
    }[];
    /** null where nobody has said what has the fix */
    fixedIn: Schemas['FixedIn'] | null;
    proof: {
      state: 'proved' | 'open' | 'regressed' | 'no rate before';
      /** in the 30 days before, without the fix */
      before: {
        events: number;
        exposures: number;
        /** per 1,000 traces */
        rate: number;
        interval: readonly [number, number];
      };
      /** since then, with the fix; the interval holds at all looks together */
      after: {
        events: number;
        exposures: number;
        /** per 1,000 traces */
        rate: number;
        interval: readonly [number, number];
      };
      /** a third of the rate before, per 1,000 */
      target: number;
      /** more traces without a failure that prove it; 0 when it is proved */
      needed: number | null;
    } | null;
  };
  CauseNarrative: {
    /** model and address that can be asked; null where the operator's file names none */
    model: string | null;
    /** the last; null where nobody has asked */
    question: {
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
      /** who asked */
      by: string;
      asked: string;
      ended: string | null;
      /** why it has no answer: `budget`; `unclear`: no answer came, and the call may have been charged; `failed`: the endpoint refuses or is away; `unusable`: the answer is not in the form that was asked for; `nothing_held`: code found everything in it wrong; `no_cause` and `no_runs`: there is nothing to show the model */
      error: {
        code: string;
        message: string;
      } | null;
    } | null;
    /** when the narrative was given */
    told: string | null;
    /** the last that held, also while another is asked for; null before the first */
    narrative: Schemas['Narrative'] | null;
  };
  CauseOccurrence: {
    failures: number;
    /** that could have failed by it */
    traces: number;
    /** by version and tenant; of those with two values or more */
    breakdowns: readonly {
      dimension: 'promptVersion' | 'release' | 'model' | 'tenant';
      /** versions that follow each other in order of appearance, others by failures; at most 12 */
      values: readonly {
        value: string;
        /** estimated for the whole input */
        failures: number;
        /** eligible traces of the input with this value */
        traces: number;
        /** failures per 1,000 traces */
        ratePerThousand: number;
        /** 95% Wilson interval of the rate */
        rateInterval: readonly [number, number];
        /** rate divided by that of the rest; null where that is 0 */
        lift: number | null;
        /** against the rest: more, less and only here passed the test; same excludes a doubling and a halving; null where there are changes */
        standing: 'only here' | 'more' | 'less' | 'same' | 'cannot tell' | null;
        /** Fisher or score test, Benjamini-Hochberg over causes and values; null below 20 traces of a tenant, 100 of a version, or 5 failures */
        q: number | null;
      }[];
      /** between versions that follow each other; none for values that stand side by side: tenants, and versions in use at once */
      changes: readonly {
        /** the version before */
        from: string;
        to: string;
        /** new, gone, grown and shrunk passed the test; same excludes a doubling and a halving; cannot tell: neither */
        state: 'new' | 'grown' | 'gone' | 'shrunk' | 'cannot tell' | 'same';
        /** of the rates per 1,000 */
        difference: number;
        /** Newcombe's 95% interval of the difference */
        differenceInterval: readonly [number, number];
        /** of the rates; null where there was none before */
        ratio: number | null;
        /** Fisher or score test, Benjamini-Hochberg over the causes of a level; null below 100 traces on a side or 5 failures together */
        q: number | null;
      }[];
    }[];
    trend: {
      days: readonly {
        /** epoch milliseconds; days in UTC, without gaps, 90 at most */
        start: number;
        traces: number;
        failures: number;
        ratePerThousand: number | null;
        /** 95% */
        rateInterval: readonly [number, number] | null;
      }[];
      /** deploys, and versions that came without one */
      releases: readonly {
        dimension: 'promptVersion' | 'release' | 'model';
        value: string;
        /** when it was first seen, epoch milliseconds */
        time: number;
        /** position of the group in which that was */
        group: number;
        /** eligible traces with it */
        traces: number;
      }[];
      segments: readonly {
        /** position of its first group */
        from: number;
        /** position after its last group */
        to: number;
        /** failures per 1,000 traces; null without traces, and without rates (`noRates`) */
        ratePerThousand: number | null;
        /** 95% Wilson interval of the rate */
        rateInterval: readonly [number, number] | null;
      }[];
      changePoints: readonly {
        /** position of the first group after the change */
        group: number;
        /** its beginning, epoch milliseconds */
        time: number;
        /** rate per 1,000 traces of the segment before; mean of a score */
        before: number;
        after: number;
        /** versions first seen in this group or in the 24 hours before it */
        releases: readonly string[];
      }[] | null;
    };
  };
  Cluster: Cluster;
  Comparison: {
    id: string;
    created: string;
    /** who asked for it: id of a key or person; '' for nobody: a new version began it */
    by: string;
    sides: Schemas['ComparisonSides'];
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
    /** while it runs */
    progress: {
      step: string;
      done: number;
      total: number | null;
    } | null;
    started: string | null;
    ended: string | null;
    /** what changed, as a sentence with slots */
    headline?: unknown | null;
    error: {
      code: string;
      message: string;
    } | null;
  };
  ComparisonChoices: {
    /** the last to appear first; 100 at most */
    promptVersions: readonly {
      value: string;
      traces: number;
      first: string;
      last: string;
    }[];
    /** the last to appear first; 100 at most */
    releases: readonly {
      value: string;
      traces: number;
      first: string;
      last: string;
    }[];
    environments: readonly string[];
    tenants: readonly string[];
    /** the newest and the one before; the last seven days and the seven before */
    usual: {
      promptVersion: readonly string[] | null;
      release: readonly string[] | null;
      /** before and after */
      time: readonly string[];
    };
  };
  ComparisonSides: {
    by: 'promptVersion' | 'release' | 'time';
    /** a version, a release, or a time as `2026-11-16T00:00:00Z/2026-11-23T00:00:00Z`, its end exclusive */
    from: string;
    /** what is compared with it */
    to: string;
    /** only traces of this environment */
    environment?: string;
    tenant?: string;
    /** only traces with this prompt */
    promptName?: string;
  };
  Decision: {
    kind: 'cause' | 'trace' | 'pair' | 'proposal' | 'project';
    subject: string;
    field: string;
    value?: unknown;
    at: string;
    by: string;
  };
  DefinitionChanges: {
    name: string;
    from: {
      version: string;
      hash: string;
      /** of a trace, to the hour */
      first: string;
      /** of a trace, to the hour */
      last: string;
    };
    to: {
      version: string;
      hash: string;
      /** of a trace, to the hour */
      first: string;
      /** of a trace, to the hour */
      last: string;
    };
    /** the whole texts are the same */
    isSame: boolean;
    /** lines */
    added: number;
    removed: number;
    /** false: more than 2,000 lines differ, and all are shown as replaced */
    isAligned: boolean;
    hunks: readonly {
      /** number of its first line, from 1 */
      fromLine: number;
      toLine: number;
      lines: readonly {
        kind: 'same' | 'removed' | 'added';
        text: string;
      }[];
    }[];
  };
  DefinitionNames: {
    /** the one that was seen last first; 1,000 at most */
    items: readonly {
      name: string;
      /** that are stored */
      versions: number;
      /** the version that was seen last */
      latest: string;
      /** of a trace, to the hour */
      first: string;
      /** of a trace, to the hour */
      last: string;
    }[];
    /** more names came in one day than are kept */
    isCut: boolean;
  };
  DefinitionVersions: {
    name: string;
    /** more came than is kept: the text seems to hold data of single requests */
    isVarying: boolean;
    /** what to do where it is varying */
    note: string | null;
    /** the one that was seen last first; of the last 100 texts */
    versions: readonly {
      /** 'sha:…' where none was recorded */
      version: string;
      /** of a trace, to the hour */
      first: string;
      /** of a trace, to the hour */
      last: string;
      /** more came than is kept: the text seems to hold data of single requests */
      isVarying: boolean;
      /** the one that was seen last first */
      texts: readonly {
        /** of the whole text */
        hash: string;
        /** its first 65,536 characters */
        text: string;
        /** characters of the whole text */
        size: number;
        /** of a trace, to the hour */
        first: string;
        /** of a trace, to the hour */
        last: string;
      }[];
    }[];
  };
  Delivery: {
    id: string;
    channel: string;
    state: 'waiting' | 'sent' | 'dead';
    attempts: number;
    /** of the next attempt */
    due: string;
    /** why the last attempt failed; '' for none */
    error: string;
    created: string;
    alert: Schemas['Alert'];
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
  EvalRun: {
    id: string;
    /** when it began */
    at: string;
    /** the version that was tested, else the target */
    version: string;
    /** what it was compared with; null for nothing */
    baseline: string | null;
    /** the target against itself */
    isAa: boolean;
    /** null where it has not ended */
    verdict: string | null;
    sentence: string | null;
    causes: readonly {
      id: string;
      title: string | null;
      verdict: string;
    }[];
    /** who sent it; null for one beside the suites */
    by: string | null;
  };
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
  FixedIn: {
    version: 'release' | 'promptVersion' | 'model';
    value: string;
    environment: string;
    at: number;
  };
  GuardAnswer: {
    /** what to do; in shadow mode always allow */
    action: 'allow' | 'flag' | 'block';
    /** what the action would be; null outside of shadow mode */
    shadow: 'allow' | 'flag' | 'block' | null;
    /** those that block first */
    findings: readonly {
      /** what found it: code, the policy, a model learned from labels, or a judge */
      by: 'rule' | 'policy' | 'learned' | 'judge';
      check: string;
      category: string;
      action: 'flag' | 'block';
      reason: string;
      /** verbatim places of the run */
      evidence: readonly {
        spanId: string | null;
        /** JSON Pointer (RFC 6901) into the canonical trace, for example /messages/3/toolCalls/0/arguments/order_id */
        path: string;
        /** verbatim text of the value at path, 400 characters at most (strings as they are, other values as compact JSON) */
        quote: string;
      }[];
    }[];
    /** checks without an answer in time; the action is then at least what `late` says */
    unanswered: readonly {
      check: string;
      why: string;
    }[];
    milliseconds: number;
  };
  GuardReport: {
    asked: number;
    flagged: {
      count: number;
      of: number;
      /** 95%, Clopper and Pearson */
      interval: readonly [number, number];
    };
    blocked: {
      count: number;
      of: number;
      /** 95%, Clopper and Pearson */
      interval: readonly [number, number];
    };
    /** blocked or flagged among runs labeled as sound; null without such labels */
    falseAlarms: {
      count: number;
      of: number;
      /** 95%, Clopper and Pearson */
      interval: readonly [number, number];
    } | null;
    unanswered: number;
    /** most first */
    byCategory: readonly {
      category: string;
      rate: {
        count: number;
        of: number;
        /** 95%, Clopper and Pearson */
        interval: readonly [number, number];
      };
    }[];
  };
  GuardUse: {
    name: string;
    report: Schemas['GuardReport'];
  };
  /** a request or an answer: any record that `analyze` takes as a line; `failed: false` says that it is sound, for the rate of false alarms */
  GuardedRun: Record<string, unknown>;
  Incident: {
    id: string;
    watcher: string;
    start: string;
    ended: string | null;
    end: 'resolved' | 'unresolved' | null;
    alert: Schemas['Alert'];
  };
  Invitation: {
    id: string;
    email: string;
    role: 'viewer' | 'annotator' | 'analyst' | 'admin';
    /** id of who invites */
    by: string;
    created: string;
    expires: string;
  };
  Job: {
    id: string;
    kind: 'analysis' | 'session' | 'comparison' | 'judging' | 'backfill' | 'narrative';
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
  Judge: {
    /** also the name of its score */
    name: string;
    /** null: the operator does not name it any more */
    kind: 'model' | 'check' | null;
    /** the failure that it looks for, or the check */
    asks: string;
    /** the model; '' for a check */
    by: string;
    /** whether a budget in dollars can be given */
    hasPrice: boolean;
    /** null: the project does not use it */
    use: Schemas['JudgeUse'] | null;
  };
  JudgeSettings: {
    /** share of the finished traces that is scored; a hash of the trace id chooses */
    rate?: number;
    /** only traces of this environment; '' for all */
    environment?: string;
    budget?: {
      /** traces scored within any hour, at most */
      callsPerHour?: number;
      /** within any 24 hours, at most */
      callsPerDay?: number;
      /** of a model, in and out; null: no bound */
      tokensPerDay?: number | null;
      /** of a model whose price is known; null: no bound */
      dollarsPerDay?: number | null;
    };
    isPaused?: boolean;
  };
  JudgeUse: {
    settings: Schemas['JudgeSettings'];
    /** hash of what it asks, and what answers; '' before the first score */
    version: string;
    /** `stopped`: traces have waited for half an hour and none was scored; `blind`: what it says can mean nothing */
    state: 'working' | 'waiting' | 'stopped' | 'blind' | 'paused';
    /** why it does not work; '' where it does */
    reason: string;
    /** within the last hour and 24 hours; calls that are being made are counted */
    spent: {
      callsPerHour: number;
      callsPerDay: number;
      tokensPerDay: number;
      /** 0 where the price is not known */
      dollarsPerDay: number;
    };
    /** of the last 24 hours */
    verdicts: {
      passes: number;
      fails: number;
      cannotTell: number;
      /** it finds the failure, with quotes that are not in the trace */
      noQuote: number;
      /** what it answers cannot be read */
      noAnswer: number;
    };
    /** within the last 24 hours */
    lastScore: string | null;
    backlog: {
      /** of the last 24 hours that wait for it */
      traces: number;
      /** when the one that waits for longest came */
      oldest: string | null;
    };
  };
  Key: {
    id: string;
    name: string;
    /** the first letters of the secret */
    prefix: string;
    scopes: readonly ('ingest' | 'read' | 'annotate' | 'write' | 'admin')[];
    created: string;
    revoked: string | null;
  };
  Label: {
    id: string;
    kind: 'trace' | 'cause';
    /** id of the trace or the cause */
    subject: string;
    person: string;
    /** a real failure, a bad item, an error of the harness, or flagged without reason */
    triage: 'genuine' | 'bad_item' | 'harness_error' | 'label_problem';
    category: string | null;
    note: string;
    codes: readonly {
      code: string;
      quote: string;
      place: string;
    }[];
    proposal: 'accepted' | 'edited' | 'rejected' | null;
    milliseconds: number | null;
    /** version that the category was chosen from */
    taxonomy: number;
    at: string;
    queue: string | null;
    item: string | null;
    /** whether it settles what others disagreed about */
    settles: boolean;
  };
  Member: {
    id: string;
    name: string;
    email: string;
    role: 'viewer' | 'annotator' | 'analyst' | 'admin';
    since: string;
    /** may do everything in every project */
    isOwner: boolean;
  };
  MixedVersions: {
    /** traces that another version judged */
    older: number;
    /** all that are stored */
    traces: number;
    /** the others are being judged again; otherwise that was cancelled, or cannot be */
    isRunning: boolean;
  };
  Narrative: {
    /** proposed title; null where it was not usable */
    title: string | null;
    /** id in the taxonomy; null where it named another */
    category: string | null;
    layer: 'prompt' | 'tool' | 'retrieval' | 'model' | 'evaluation' | 'orchestration' | 'platform' | 'unknown';
    claims: readonly {
      /** one sentence of the model, on one line, at most 240 characters */
      text: string;
      /** confirmed: its quote is in a trace, and the finding of code that it names holds at that place; supported: its quote is in a trace; hypothesis: it has no quote */
      state: 'confirmed' | 'supported' | 'hypothesis';
      /** verbatim, looked up by code */
      quote: {
        spanId: string | null;
        /** JSON Pointer (RFC 6901) into the canonical trace, for example /messages/3/toolCalls/0/arguments/order_id */
        path: string;
        /** verbatim text of the value at path, 400 characters at most (strings as they are, other values as compact JSON) */
        quote: string;
        traceId: string;
      } | null;
      /** what code found there, where it is confirmed */
      finding: string | null;
    }[];
    /** sentences, titles and quotes that were not shown because code found them wrong */
    dropped: number;
    /** model and address */
    model: string;
    /** name and version of the instructions */
    prompt: string;
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
      link?: string;
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
  Proposal: {
    /** the same for the same change of the same causes */
    id: string;
    kind: 'new' | 'split' | 'merge';
    /** that it changes, the largest first */
    causes: readonly string[];
    /** failed traces that it is about, estimated */
    failures: number;
    /** failed traces that were looked at */
    of: number;
    /** what it rests on: clusters, or of a merge the causes */
    parts: readonly {
      id: string;
      title: string;
      /** its failures in the sample */
      own: number;
      /** of them those that speak for it */
      shared: number;
      /** failed traces that these stand for */
      failures: number;
      /** what its failures share */
      condition: string | null;
      /** share of resamples in which it was found again; null: a detector names it */
      returns: number | null;
      exemplars: readonly {
        traceId: string;
        quote: string;
      }[];
    }[];
    /** what becomes of the shares */
    effects: readonly {
      id: string;
      title: string;
      /** of the failures that were looked at */
      before: number;
      /** of the failures that were looked at */
      after: number;
    }[];
  };
  QueryResult: {
    /** what the figures count */
    counted: string;
    rows: readonly {
      /** the value of each group; '' where none is recorded */
      group: Record<string, string>;
      /** null where there is nothing to measure */
      measures: Record<string, number | null>;
    }[];
    /** there are more groups than rows */
    hasMore: boolean;
  };
  Queue: {
    id: string;
    kind: 'traces' | 'causes';
    name: string;
    annotators: number;
    blind: boolean;
    rules: readonly {
      /** `new_kind`: it meets the condition of no cause; `disagreement`: scores and detectors, people, or people and one of these say different things of it; `edge`: it meets the conditions of several causes */
      reason?: 'new_kind' | 'disagreement' | 'edge';
      /** a detector that found something */
      signal?: string;
      /** a score under a threshold */
      score?: {
        name: string;
        below: number;
      };
      /** id of the cause it belongs to */
      cause?: string;
      tenant?: string;
      /** share of the traces that meet the rest; which ones depends on their ids alone */
      sample?: number;
    }[];
    isClosed: boolean;
    created: string;
    by: string;
    items: number;
    /** items with all their answers */
    done: number;
    /** answers of yours */
    answered: number;
    /** items that you put off */
    deferred: number;
    /** items that you can still answer */
    left: number;
  };
  QueueItem: {
    id: string;
    queue: string;
    kind: 'traces' | 'causes';
    /** id of the trace or the cause */
    subject: string;
    title: string;
    /** null where the queue is blind and the item not done */
    points: number | null;
    /** why it is here; empty where they are hidden */
    reasons: readonly {
      kind: 'error' | 'thumbs_down' | 'low_score' | 'new_kind' | 'disagreement' | 'edge' | 'signal' | 'cause' | 'rank' | 'chosen';
      name: string;
      points: number;
    }[];
    /** null where there is none, or where it is hidden */
    proposal: {
      category: string;
      statement: string;
      quotes: readonly {
        place: string;
        quote: string;
      }[];
    } | null;
    /** whether proposal, verdict and what others said are hidden */
    isBlind: boolean;
    wanted: number;
    answers: number;
    /** by you */
    isAnswered: boolean;
    /** by you */
    isDeferred: boolean;
    isSettled: boolean;
    /** end of your reservation */
    until: string | null;
  };
  Schedule: {
    id: string;
    settings: Schemas['ScheduleSettings'];
    /** null while it is paused */
    next: string | null;
  };
  ScheduleSettings: {
    name: string;
    /** minute, hour, day, month and day of the week; by default Mondays at 9 */
    cron?: string;
    /** of the hours, such as Europe/Berlin */
    timeZone?: string;
    /** a session looks at the traces of so many days before it is due */
    days?: number;
    /** only traces with these values */
    where?: {
      environment?: string;
      tenant?: string;
    };
    /** where the digest goes: names of the channels that the operator configured */
    channels?: readonly string[];
    isPaused?: boolean;
  };
  ScoreInput: {
    /** send the same id again to change the score */
    id?: string;
    /** id of a trace: 32 hex digits (OpenTelemetry), a UUID (LangSmith), or the text that its sender or file gave it (Langfuse, tables), in any spelling */
    traceId: string;
    spanId?: string;
    name: string;
    value?: number;
    label?: string;
    explanation?: string;
    annotator?: 'human' | 'model' | 'code' | 'unknown';
  };
  ScoreOverTime: {
    name: string;
    /** null where the name does not tell */
    good: 'high' | 'low' | null;
    /** in the order of `groups` */
    cells: readonly {
      /** that have the score */
      traces: number;
      /** null without values */
      mean: number | null;
      /** 95% of the mean: Wilson where every value is 0 or 1, else Student; null below two */
      interval: readonly [number, number] | null;
    }[];
    /** means of the stretches of time (`rolling` of the trend) that end with each day or hour; empty without times */
    rolling: readonly {
      /** epoch milliseconds, UTC */
      start: number;
      /** that have the score */
      traces: number;
      /** null without values */
      mean: number | null;
      /** 95% of the mean: Wilson where every value is 0 or 1, else Student; null below two */
      interval: readonly [number, number] | null;
    }[];
    /** over time only; null where there is too little to look for one */
    changePoints: readonly {
      /** position of the first group after the change */
      group: number;
      /** its beginning, epoch milliseconds */
      time: number;
      /** rate per 1,000 traces of the segment before; mean of a score */
      before: number;
      after: number;
      /** versions first seen in this group or in the 24 hours before it */
      releases: readonly string[];
    }[] | null;
  };
  /** data of each kind of event; traces: those finished since the last such event */
  ServerEvents: {
    job: Schemas['Job'];
    analysis: {
      id: string;
      at: string;
      /** that it looked at */
      traces: number;
      failed: number;
    };
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
    comparison: {
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
    narrative: {
      /** of the cause */
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
    /** one opened or ended */
    incident: Record<string, unknown>;
    traces: {
      finished: number;
      superseded: number;
      failed: number;
    };
    change: {
      /** what somebody changed, as its routes are called: `decisions` */
      of: string;
    };
    arriving: {
      /** traces that are still arriving, as in the status */
      openTraces: number;
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
      link?: string;
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
    promptName?: string;
    promptVersion?: string;
    model?: string;
    /** a random draw of the traces that the rest selects, by the seed of the options */
    draw?: {
      /** traces at most, of each value of `by` */
      most: number;
      /** null: from all traces together */
      by?: 'promptVersion' | 'tenant' | 'release' | 'model' | 'environment' | 'source' | 'status' | null;
    };
    /** with a tenant: the result names no place in a file, which tells of others */
    isAlone?: boolean;
  };
  SharedLink: {
    id: string;
    tenant: string;
    /** the session whose result it shows */
    session: string;
    created: string;
    /** who made it: id of a key or person */
    by: string;
    expires: string;
    /** null while it holds */
    revoked: string | null;
    openings: number;
    /** when last; null for never */
    opened: string | null;
  };
  SignInState: {
    /** whether people sign in; else whoever is here may do everything */
    isOn: boolean;
    /** false: the first person is added by the link in the terminal */
    isSetUp: boolean;
    /** who is signed in */
    person: {
      id: string;
      name: string;
      email: string;
      isOwner: boolean;
      /** false: they sign in with the provider alone */
      hasPassword: boolean;
    } | null;
    /** an OpenID Connect provider that people sign in with */
    provider: {
      name: string;
    } | null;
    /** what this request may do in its project: a person, a key, or whoever is here */
    access: {
      project: string;
      /** who decides, as decisions and the activity log have it */
      by: string;
      name: string;
      scopes: readonly ('ingest' | 'read' | 'annotate' | 'write' | 'admin')[];
    } | null;
    /** in which they take part */
    projects: readonly {
      id: string;
      name: string;
      role: 'viewer' | 'annotator' | 'analyst' | 'admin';
      scopes: readonly ('ingest' | 'read' | 'annotate' | 'write' | 'admin')[];
    }[];
  };
  Source: {
    service: string;
    sdk: 'ai-sdk' | 'openinference' | 'openllmetry' | 'langsmith' | 'langfuse' | 'opentelemetry' | 'other';
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
    /** why nothing more can be stored: the disk has under 64 MiB free; null where it has more, and where the store is a server elsewhere */
    full: string | null;
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
    /** of this project the traces that are stored, and of the traffic that they stand for all traces, those that can be judged, that failed, and with a reason */
    funnel: {
      stored: number;
      traces: number;
      eligible: number;
      failed: number;
      signaled: number;
    };
    /** null where one version of Culprit, with the facts and causes of one analysis, judged all stored traces */
    mixed: Schemas['MixedVersions'] | null;
    /** model and address that people may ask about causes; null where the operator's file names none */
    labelModel: string | null;
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
  Suite: {
    file: string;
    version: string;
    cause: {
      id: string;
      title: string;
      severity: number;
    };
    labels: readonly string[];
    guards: number;
    controls: number;
    /** held-out cases that no run has spent */
    slice: number;
    /** held-out cases that a run has spent */
    spent: number;
    checks: readonly string[];
  };
  SuitePreview: {
    /** names this preview to `POST /causes/{id}/suite` */
    version: string;
    file: string;
    /** else new cases are added to the suite that is there */
    isNew: boolean;
    checks: readonly {
      check: string;
      params?: unknown;
      why: string | null;
      negate: boolean;
      /** shown, decides nothing */
      provisional: boolean;
    }[];
    /** new ones */
    cases: readonly {
      id: string;
      role: 'guard' | 'control' | 'slice';
      /** why this trace */
      pick: string | null;
      trace: string;
      input: string;
      proof: 'red' | 'green' | 'unproven';
    }[];
    /** cases that are there already */
    kept: number;
    /** traces that prove nothing, at most 20 */
    broken: readonly {
      trace: string;
      role: 'guard' | 'control' | 'slice';
      why: string;
    }[];
    notes: readonly string[];
    /** the file */
    yaml: string;
    /** of the file with the contents of the cases */
    payloadBytes: number;
  };
  Taxonomy: {
    version: number;
    /** who agreed to this version, and when */
    ratified: {
      by: string;
      /** epoch milliseconds */
      at: number;
    } | null;
    /** parents before their children */
    categories: readonly {
      id: string;
      name: string;
      /** a pass criterion: what a good run does */
      definition: string;
      severity: number;
      layer: 'prompt' | 'tool' | 'retrieval' | 'model' | 'evaluation' | 'orchestration' | 'platform' | 'unknown';
      fixCost: number;
      /** id of the category above; null at the top */
      parent: string | null;
      examples: readonly string[];
      /** what other taxonomies call it, by their name */
      crosswalk: Record<string, readonly string[]>;
    }[];
  };
  Tenants: {
    version: 1;
    toolVersion: string;
    /** what differs between tenants, in one sentence */
    headline: {
      /** one sentence without the final period; {0}, {1}, … stand for the slots */
      template: string;
      slots: readonly ({
        kind: 'tool' | 'field' | 'number' | 'word';
        value: string;
      } | {
        /** tools called one after the other */
        kind: 'chain';
        value: readonly string[];
      })[];
    };
    /** why no rates can be computed; null where they are */
    noRates: string | null;
    /** eligible traces that name a tenant */
    traces: number;
    /** eligible traces that name none: not in the table */
    withoutTenant: number;
    /** of `traces`; null where it is hidden */
    failures: number | null;
    /** what the traffic is compared by, like with like: `operation`, `language`, … */
    mix: readonly string[];
    /** most traces first, the pool last */
    tenants: readonly {
      /** of the tenant, or `12 others` for those that are counted together */
      name: string;
      /** tenants counted together in this column, each with too few traces; 1 for one alone */
      pooled: number;
      /** eligible traces */
      traces: number;
      /** failures, estimated where it is a sample; null where it is hidden */
      failures: number | null;
      /** failures per 1,000 traces; also null where there are no rates (`noRates`); null where it is hidden */
      ratePerThousand: number | null;
      /** 95% Wilson interval of the rate */
      rateInterval: readonly [number, number] | null;
    }[];
    /** in order of rank; every failure is in one of them */
    causes: readonly {
      /** of the cluster, as in the report */
      id: string;
      title: string;
      category: string;
      layer: 'prompt' | 'tool' | 'retrieval' | 'model' | 'evaluation' | 'orchestration' | 'platform' | 'unknown';
      severity: number | null;
      /** false: failures that no cause explains */
      isNamed: boolean;
      /** of all tenants; null where it is hidden */
      failures: number | null;
      /** failures per 1,000 traces; also null where there are no rates (`noRates`); null where it is hidden */
      ratePerThousand: number | null;
      /** 95% Wilson interval of the rate */
      rateInterval: readonly [number, number] | null;
      reach: 'only here' | 'stands out' | 'everywhere' | 'cannot tell';
      /** tenants that have more of it than the rest, highest lift first */
      where: readonly string[];
      /** in the order of `tenants` */
      cells: readonly {
        /** from 1 to 4 failures, or a cell from which such a one could be worked out; which of the two is not said */
        isHidden: boolean;
        /** failures, estimated where it is a sample; null where it is hidden */
        failures: number | null;
        /** failures per 1,000 traces; also null where there are no rates (`noRates`); null where it is hidden */
        ratePerThousand: number | null;
        /** 95% Wilson interval of the rate */
        rateInterval: readonly [number, number] | null;
        /** failures that it would have with its own mix of traffic and the rates of the rest; null where hidden, and without rates */
        expected: number | null;
        /** failures ÷ expected; null where nothing is expected, and where hidden */
        lift: number | null;
        /** 95%; null where there is no lift above 0 */
        liftInterval: readonly [number, number] | null;
        /** Fisher or score test, with several groups of traffic Cochran-Mantel-Haenszel; Benjamini-Hochberg over tenants × causes; null below 20 traces or 5 failures */
        q: number | null;
        /** against the rest; null where it is hidden */
        standing: 'only here' | 'more' | 'less' | 'same' | 'cannot tell' | null;
      }[];
    }[];
    /** so that no count from 1 to 4 can be worked out */
    hiddenCells: number;
    /** a tenant with fewer traces is pooled; a count below `failures`, not 0, is hidden */
    floor: {
      traces: number;
      failures: number;
    };
    /** what to know when reading the figures */
    remarks: readonly string[];
  };
  /** a canonical trace, as `culprit show --traces` has it */
  Trace: Trace;
  TraceQuery: {
    filter?: {
      /** start of the trace, inclusive */
      from?: string;
      /** exclusive */
      to?: string;
      failed?: boolean;
      status?: 'ok' | 'error' | 'unset';
      /** a detector that said yes */
      signal?: string;
      /** id */
      cause?: string;
      promptVersion?: string;
      release?: string;
      model?: string;
      tenant?: string;
      environment?: string;
    };
    groupBy?: readonly ('cause' | 'signal' | 'promptVersion' | 'release' | 'model' | 'tenant' | 'environment' | 'source' | 'status' | 'day')[];
    /** default: traces, failed and failureRate; over files those of them that are known */
    measures?: readonly ('traces' | 'failed' | 'failureRate' | 'tokens' | 'cost' | 'medianSeconds' | 'p95Seconds')[];
    /** a measure, the highest first, or a group in order; default: the first measure */
    orderBy?: 'traces' | 'failed' | 'failureRate' | 'tokens' | 'cost' | 'medianSeconds' | 'p95Seconds' | 'cause' | 'signal' | 'promptVersion' | 'release' | 'model' | 'tenant' | 'environment' | 'source' | 'status' | 'day';
    limit?: number;
  };
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
  VersionCheck: {
    /** the new version */
    value: string;
    /** '' where traces name none */
    environment: string;
    /** name of the prompt; '' */
    prompt: string;
    state: 'first' | 'waiting' | 'comparing' | 'done' | 'failed';
    /** the version before */
    from: string | null;
    /** when it was asked for, or ended */
    at: string | null;
    /** what changed, or what is missing, or why it failed */
    text: string;
    grown: readonly {
      id: string;
      title: string;
      state: 'new' | 'grown';
    }[];
    /** causes that cannot be told from chance */
    open: number;
    /** what the page Compare shows */
    sides: Schemas['ComparisonSides'] | null;
    /** about what grew */
    session: string | null;
  };
  Versions: {
    by: 'promptVersion' | 'release';
    environments: readonly string[];
    /** names, the one with most traffic first */
    prompts: readonly string[];
    /** the one that this is about; null for all traces */
    prompt: string | null;
    unit: 'day' | 'hour';
    /** epoch milliseconds, without gaps */
    starts: readonly number[];
    /** the first to appear first; the 30 with most traces */
    versions: readonly {
      value: string;
      first: string;
      last: string;
      traces: number;
      eligible: number;
      failed: number;
      /** failures per 1,000 traces */
      rate: number;
      /** 95% */
      interval: readonly [number, number];
      /** traces of each day or hour */
      traffic: readonly number[];
      /** the last run of the suites with this version */
      run: {
        id: string;
        verdict: string;
      } | null;
    }[];
    /** traces of none of these versions */
    others: readonly number[];
    /** deploys, and versions without one */
    releases: readonly Schemas['WentLive'][];
    scores: readonly Schemas['ScoreOverTime'][];
    /** of each version, in their order */
    means: readonly {
      name: string;
      cells: readonly {
        /** that have the score */
        traces: number;
        /** null without values */
        mean: number | null;
        /** 95% of the mean: Wilson where every value is 0 or 1, else Student; null below two */
        interval: readonly [number, number] | null;
      }[];
    }[];
    detectors: readonly {
      detector: string;
      cells: readonly {
        found: number;
        among: number;
        /** traces in which it found nothing */
        passShare: number | null;
        interval: readonly [number, number] | null;
      }[];
    }[];
    /** guards that passed in the last run with each version */
    suites: readonly {
      cause: string;
      title: string | null;
      cells: readonly ({
        passed: number;
        cases: number;
      } | null)[];
    }[];
    /** the one that appeared last first */
    checks: readonly Schemas['VersionCheck'][];
    /** null where one version of Culprit, with the facts and causes of one analysis, judged all stored traces */
    mixed: Schemas['MixedVersions'] | null;
  };
  Watcher: {
    id: string;
    settings: Schemas['WatcherSettings'];
    /** null where there is no series: applications, versions */
    method: 'seasonal' | 'binomial' | 'ewma' | 'cusum' | null;
    state: 'unknown' | 'ok' | 'warning' | 'alert' | 'uninformative' | 'no data' | 'stopped' | 'paused';
    /** of the state */
    since: string | null;
    /** what came until then was read; null: nothing yet */
    until: string | null;
    /** 1 is where an alert begins */
    level: number | null;
    /** of the last hour; of cost and latency the logarithm */
    value: number | null;
    usual: number | null;
  };
  WatcherSettings: {
    name: string;
    of: {
      kind: 'score';
      score: string;
    } | {
      kind: 'cause';
      /** id of the cause */
      cause: string;
    } | {
      kind: 'failures';
    } | {
      kind: 'novelty';
    } | {
      kind: 'cost';
    } | {
      kind: 'latency';
    } | {
      kind: 'traffic';
    } | {
      kind: 'sources';
    } | {
      kind: 'judges';
    } | {
      kind: 'versions';
      by: 'promptVersion' | 'release';
      /** traces that a version and the one before must have until they are compared */
      floor?: number;
    };
    /** only traces with these values */
    where?: {
      environment?: string;
      tenant?: string;
      release?: string;
      promptVersion?: string;
    };
    /** of means alone: `cusum` for slow shifts (scores by default), `ewma` for levels (cost and latency by default) */
    method?: 'seasonal' | 'binomial' | 'ewma' | 'cusum';
    /** which way is worth an alert; by default down for scores, both for traffic, else up */
    direction?: 'up' | 'down' | 'both';
    /** of rates and counts alone; by default 3 and 2 */
    thresholds?: {
      /** of the last hour, in standard deviations */
      short: number;
      /** of the last six hours */
      long: number;
    };
    /** who is named in an alert */
    owner?: string;
    /** where alerts go: names of the channels that the operator configured */
    channels?: readonly string[];
    isPaused?: boolean;
  };
  WentLive: {
    dimension: 'promptVersion' | 'release' | 'model';
    value: string;
    /** when it was first seen, epoch milliseconds */
    time: number;
    /** position of the group in which that was */
    group: number;
    /** eligible traces with it */
    traces: number;
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
      /** id of a trace: 32 hex digits (OpenTelemetry), a UUID (LangSmith), or the text that its sender or file gave it (Langfuse, tables), in any spelling */
      id: string;
    };
    answer: {
      /** null until the trace is finished, and for who labels it blind */
      summary: Schemas['TraceSummary'] | null;
      /** what judged it last: the version of Culprit and, once there is one, the analysis whose facts and causes were used; null where `summary` is */
      judgedBy: string | null;
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
      /** id of a trace: 32 hex digits (OpenTelemetry), a UUID (LangSmith), or the text that its sender or file gave it (Langfuse, tables), in any spelling */
      id: string;
    };
    answer: {
      /** traces deleted; 0 where none is stored */
      traces: number;
    };
  };
  /** Count and measure stored traces by up to three attributes */
  'POST /query': {
    body: Schemas['TraceQuery'];
    answer: Schemas['QueryResult'];
  };
  /** Judge traces or spans; traces that are finished are judged anew */
  'POST /scores': {
    body: Schemas['ScoreInput'] | readonly Schemas['ScoreInput'][];
    answer: {
      accepted: number;
      /** scores of traces of which nothing has arrived yet; if it never does, look at their ids */
      waiting: number;
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
  /** Backups that are whole, newest first */
  'GET /backups': {
    answer: {
      items: readonly {
        /** of the folder below `backups` */
        name: string;
        made: string;
        bytes: number;
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
      scopes?: readonly ('ingest' | 'read' | 'annotate' | 'write' | 'admin')[];
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
  /** The latest analysis, whether another one is being made, and why the last one failed */
  'GET /analyses/latest': {
    answer: {
      /** null before the first analysis */
      analysis: Schemas['AnalysisSummary'] | null;
      isRunning: boolean;
      /** why the last analysis that was tried has no result; null where it has one */
      failure: {
        at: string;
        code: string;
        /** what failed, and what to do */
        message: string;
      } | null;
      /** null where one version of Culprit, with the facts and causes of one analysis, judged all stored traces */
      mixed: Schemas['MixedVersions'] | null;
    };
  };
  /** Everything that the report of an analysis shows, without what people have decided */
  'GET /analyses/{id}/report': {
    path: {
      id: string;
    };
    answer: unknown;
  };
  /** What each failure that an analysis looked at cost, its environment and its scores, in the order of its `failures` */
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
      /** '' where not recorded */
      environment: readonly string[];
      /** by name, those that most failures have; null where a failure has none */
      scores: Record<string, readonly (number | null)[]>;
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
      /** why the last analysis that was tried has no result; null where it has one */
      failure: {
        at: string;
        code: string;
        /** what failed, and what to do */
        message: string;
      } | null;
      /** null where one version of Culprit, with the facts and causes of one analysis, judged all stored traces */
      mixed: Schemas['MixedVersions'] | null;
      /** `clusters` of the output of `culprit analyze --json` */
      causes: readonly Schemas['Cluster'][];
      failures: Schemas['FailuresByCause'];
    };
  };
  /** Analyze anew, or join the analysis that waits or runs */
  'POST /analyses': {
    query?: {
      /** answer when it has ended and stored traces are judged by it, or after ten minutes of each */
      wait?: 'true' | 'false' | undefined;
    };
    answer: Schemas['Job'];
  };
  /** Where and when traces fail by a cause: by version, tenant and day, as people have decided */
  'GET /causes/{id}/trend': {
    path: {
      id: string;
    };
    query?: {
      environment?: string | undefined;
      tenant?: string | undefined;
    };
    answer: Schemas['CauseOccurrence'];
  };
  /** What became of a cause, and whether its fix holds */
  'GET /causes/{id}/fix': {
    path: {
      id: string;
    };
    answer: Schemas['CauseFix'];
  };
  /** What the label model proposes about a cause, each quote looked up by code */
  'GET /causes/{id}/narrative': {
    path: {
      id: string;
    };
    answer: Schemas['CauseNarrative'];
  };
  /** Ask the label model what is behind a cause, or join the question that waits or runs */
  'POST /causes/{id}/narrative': {
    path: {
      id: string;
    };
    answer: Schemas['CauseNarrative'];
  };
  /** Causes by tenant: rates, lifts, where a cause stands out; small counts are hidden */
  'GET /tenants': {
    answer: {
      /** when they were counted; null before the first analysis */
      at: string | null;
      /** null where no trace names a tenant */
      tenants: Schemas['Tenants'] | null;
    };
  };
  /** Changes of the causes that the last re-clustering gives reason for; nobody has decided */
  'GET /proposals': {
    answer: {
      /** the re-clustering; null before the first */
      session: string | null;
      at: string | null;
      /** causes that people have accepted; with none, there is nothing to compare */
      settled: number;
      items: readonly Schemas['Proposal'][];
    };
  };
  /** Cluster the failures of the last 30 days anew, as a session, and compare */
  'POST /proposals/search': {
    answer: Schemas['Session'];
  };
  /** Do what a proposal says; causes follow with the analysis that begins */
  'POST /proposals/accept': {
    body: {
      id: string;
    };
    answer: Schemas['Activity'];
  };
  /** Reject a proposal; it comes back once it is about twice as many failures */
  'POST /proposals/reject': {
    body: {
      id: string;
    };
    answer: Schemas['Activity'];
  };
  /** Links that customers read their report by, newest first */
  'GET /shared-links': {
    answer: {
      items: readonly Schemas['SharedLink'][];
    };
  };
  /** Make a report of one tenant alone, and the link that shows it to whoever has it */
  'POST /shared-links': {
    body: {
      tenant: string;
      /** that the link holds */
      days?: number;
    };
    answer: {
      link: Schemas['SharedLink'];
      /** for the page `/shared/SECRET`; it is shown this once */
      secret: string;
    };
  };
  /** Revoke a link, from the next request on */
  'DELETE /shared-links/{id}': {
    path: {
      id: string;
    };
    answer: undefined;
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
        link?: string;
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
  /** Comparisons of stored traces, newest first */
  'GET /comparisons': {
    answer: {
      items: readonly Schemas['Comparison'][];
    };
  };
  /** Compare two versions, releases or times, as `culprit diff` compares files */
  'POST /comparisons': {
    body: Schemas['ComparisonSides'];
    answer: Schemas['Comparison'];
  };
  /** What can be compared: versions, releases, environments, tenants */
  'GET /comparisons/choices': {
    query?: {
      environment?: string | undefined;
      tenant?: string | undefined;
    };
    answer: Schemas['ComparisonChoices'];
  };
  /** A comparison: what it compares, and where it stands */
  'GET /comparisons/{id}': {
    path: {
      id: string;
    };
    answer: Schemas['Comparison'];
  };
  /** Stop a comparison that waits or runs */
  'POST /comparisons/{id}/cancel': {
    path: {
      id: string;
    };
    answer: Schemas['Comparison'];
  };
  /** Everything that the page of a comparison shows, with the prompts and tools that changed */
  'GET /comparisons/{id}/result': {
    path: {
      id: string;
    };
    answer: unknown;
  };
  /** The comparison as `culprit diff --json` prints it */
  'GET /comparisons/{id}/json': {
    path: {
      id: string;
    };
    answer: unknown;
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
        kind: 'cause' | 'trace' | 'pair' | 'proposal' | 'project';
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
      /** only what was decided about this one */
      subject?: string | undefined;
    };
    answer: {
      items: readonly Schemas['Activity'][];
      next: string | null;
    };
  };
  /** Set everything that an action changed to what it was before; without the scope write, only what one has said oneself */
  'POST /activity/{id}/undo': {
    path: {
      id: string;
    };
    answer: Schemas['Activity'];
  };
  /** The suites of the project in the folder of the server */
  'GET /suites': {
    answer: {
      /** on the machine of the server; `culprit eval` takes it */
      folder: string;
      items: readonly Schemas['Suite'][];
      /** files that cannot be read as a suite */
      problems: readonly {
        file: string;
        message: string;
      }[];
    };
  };
  /** The suite that a cause would be promoted to; nothing is written */
  'POST /causes/{id}/suite/preview': {
    path: {
      id: string;
    };
    body: {
      /** ids of failures that become guards, at most three */
      picks?: readonly string[];
      /** ids of traces that become no case */
      leaveOut?: readonly string[];
      /** mask: personal data and secrets are taken out of the cases */
      redact?: 'mask' | 'off';
      /** of a new suite, without its ending; else made of the title of the cause */
      name?: string;
    };
    answer: Schemas['SuitePreview'];
  };
  /** Promote a cause: write its suite to the folder of the server, or get its files */
  'POST /causes/{id}/suite': {
    path: {
      id: string;
    };
    body: {
      /** ids of failures that become guards, at most three */
      picks?: readonly string[];
      /** ids of traces that become no case */
      leaveOut?: readonly string[];
      /** mask: personal data and secrets are taken out of the cases */
      redact?: 'mask' | 'off';
      /** of a new suite, without its ending; else made of the title of the cause */
      name?: string;
      to: 'folder' | 'download';
      /** of the preview, which has to be the same still */
      version: string;
    };
    answer: {
      file: string;
      /** folder that it is in, or belongs into */
      path: string;
      /** for `download`: the suite, its payload and its schema as a zip file, in base64 */
      zip: string | null;
    };
  };
  /** Runs of the suites, newest first, and the guards of each cause over the last 30 */
  'GET /runs': {
    answer: {
      items: readonly Schemas['EvalRun'][];
      history: {
        runs: readonly {
          id: string;
          at: string;
          version: string;
          verdict: string;
        }[];
        causes: readonly {
          cause: string;
          title: string | null;
          cells: readonly ({
            passed: number;
            cases: number;
            rate: number;
            cameBack: boolean;
          } | null)[];
        }[];
        leftOut: {
          aa: number;
          incomplete: number;
          undecided: number;
        };
      };
    };
  };
  /** Keep a run that `culprit eval` made elsewhere, as in CI */
  'POST /runs': {
    body: {
      /** the file of the run: JSON Lines */
      record: string;
      /** its suites, with their payloads */
      suites: readonly {
        name: string;
        text: string;
      }[];
    };
    answer: {
      id: string;
      verdict: string | null;
    };
  };
  /** What the page of a run shows, and the run as Markdown for a pull request */
  'GET /runs/{id}': {
    path: {
      id: string;
    };
    answer: {
      report?: unknown;
      markdown: string;
    };
  };
  /** The categories of failures, how many labels each has, what makes them hard to use, and earlier versions */
  'GET /taxonomy': {
    answer: {
      taxonomy: Schemas['Taxonomy'];
      /** by id of the category */
      labels: Record<string, number>;
      warnings: readonly {
        kind: 'vague_name' | 'no_criterion' | 'near_duplicate';
        id: string;
        other: string | null;
        message: string;
      }[];
      /** newest first */
      versions: readonly {
        version: number;
        at: string;
        by: string;
        action: string;
        categories: number;
        ratified: {
          by: string;
          at: string;
        } | null;
      }[];
    };
  };
  /** Add, edit, move, merge, split or remove categories; labels move with them */
  'POST /taxonomy/changes': {
    body: {
      change: {
        kind: 'add';
        category: {
          id: string;
          name: string;
          /** a pass criterion: what a good run does */
          definition: string;
          severity: number;
          layer: 'prompt' | 'tool' | 'retrieval' | 'model' | 'evaluation' | 'orchestration' | 'platform' | 'unknown';
          fixCost: number;
          /** id of the category above; null at the top */
          parent: string | null;
          examples: readonly string[];
          /** what other taxonomies call it, by their name */
          crosswalk: Record<string, readonly string[]>;
        };
      } | {
        kind: 'edit';
        id: string;
        fields: {
          name?: string;
          definition?: string;
          severity?: number;
          layer?: 'prompt' | 'tool' | 'retrieval' | 'model' | 'evaluation' | 'orchestration' | 'platform' | 'unknown';
          fixCost?: number;
          examples?: readonly string[];
        };
      } | {
        kind: 'move';
        id: string;
        parent: string | null;
      } | {
        kind: 'merge';
        from: readonly string[];
        into: string;
      } | {
        kind: 'split';
        id: string;
        parts: readonly {
          id: string;
          name: string;
          /** a pass criterion: what a good run does */
          definition: string;
          severity: number;
          layer: 'prompt' | 'tool' | 'retrieval' | 'model' | 'evaluation' | 'orchestration' | 'platform' | 'unknown';
          fixCost: number;
          /** id of the category above; null at the top */
          parent: string | null;
          examples: readonly string[];
          /** what other taxonomies call it, by their name */
          crosswalk: Record<string, readonly string[]>;
        }[];
        /** part of each label, by label id; those not named stay with the category */
        labels: Record<string, string>;
      } | {
        kind: 'remove';
        id: string;
      } | {
        kind: 'ratify';
        by: string;
        at: number;
      };
      /** say what would become of it, change nothing */
      preview?: boolean;
    };
    answer: {
      taxonomy: Schemas['Taxonomy'];
      /** labels that change their category */
      moves: readonly {
        from: string;
        to: string;
        labels: number;
      }[];
      /** categories with another definition, whose labels need a second look */
      redefined: readonly string[];
      /** what undoes it; null for a preview */
      activity: string | null;
    };
  };
  /** Agree to the present version */
  'POST /taxonomy/ratify': {
    body: {
      /** the one that is agreed to */
      version: number;
    };
    answer: {
      taxonomy: Schemas['Taxonomy'];
      /** labels that change their category */
      moves: readonly {
        from: string;
        to: string;
        labels: number;
      }[];
      /** categories with another definition, whose labels need a second look */
      redefined: readonly string[];
      /** what undoes it; null for a preview */
      activity: string | null;
    };
  };
  /** Taxonomies to begin with, with their crosswalk */
  'GET /taxonomy/starters': {
    answer: {
      items: readonly {
        name: string;
        taxonomy: Schemas['Taxonomy'];
        /** what `POST /taxonomy/file` takes to begin with it */
        yaml: string;
      }[];
    };
  };
  /** The taxonomy as YAML, to keep in git */
  'GET /taxonomy/file': {
    answer: {
      yaml: string;
    };
  };
  /** Replace the categories by those of a YAML file; labels of categories that go move to the ones above */
  'POST /taxonomy/file': {
    body: {
      yaml: string;
      /** say what would become of it, change nothing */
      preview?: boolean;
    };
    answer: {
      taxonomy: Schemas['Taxonomy'];
      /** labels that change their category */
      moves: readonly {
        from: string;
        to: string;
        labels: number;
      }[];
      /** categories with another definition, whose labels need a second look */
      redefined: readonly string[];
      /** what undoes it; null for a preview */
      activity: string | null;
    };
  };
  /** Labels, newest first; those of others on blind items only once these have all their answers */
  'GET /labels': {
    query?: {
      limit?: number | undefined;
      queue?: string | undefined;
      item?: string | undefined;
      subject?: string | undefined;
      category?: string | undefined;
    };
    answer: {
      items: readonly Schemas['Label'][];
    };
  };
  /** Label a trace or a cause outside of queues; a second label replaces the first */
  'POST /labels': {
    body: {
      kind: 'trace' | 'cause';
      subject: string;
      label: {
        /** a real failure, a bad item, an error of the harness, or flagged without reason */
        triage: 'genuine' | 'bad_item' | 'harness_error' | 'label_problem';
        /** of the taxonomy; null for none */
        category: string | null;
        note?: string;
        codes?: readonly {
          /** a short name for what these words show */
          code: string;
          /** the words, as they stand in the trace */
          quote: string;
          /** JSON Pointer into the trace; empty for none */
          place: string;
        }[];
        /** what became of the proposal; null where none was shown */
        proposal?: 'accepted' | 'edited' | 'rejected' | null;
        /** from seeing the item to answering; null where not measured */
        milliseconds?: number | null;
      };
    };
    answer: {
      label: Schemas['Label'];
      activity: string;
    };
  };
  /** Queues of traces and causes to label, newest first, with what is left for you */
  'GET /queues': {
    answer: {
      items: readonly Schemas['Queue'][];
    };
  };
  /** Make a queue */
  'POST /queues': {
    body: {
      name: string;
      /** answers that each item needs */
      annotators?: number;
      /** no proposal, verdict or note of others until an item has all its answers */
      blind?: boolean;
      /** a failed trace that meets one of them is added when it is finished */
      rules?: readonly {
        /** `new_kind`: it meets the condition of no cause; `disagreement`: scores and detectors, people, or people and one of these say different things of it; `edge`: it meets the conditions of several causes */
        reason?: 'new_kind' | 'disagreement' | 'edge';
        /** a detector that found something */
        signal?: string;
        /** a score under a threshold */
        score?: {
          name: string;
          below: number;
        };
        /** id of the cause it belongs to */
        cause?: string;
        tenant?: string;
        /** share of the traces that meet the rest; which ones depends on their ids alone */
        sample?: number;
      }[];
      kind: 'traces' | 'causes';
    };
    answer: {
      queue: Schemas['Queue'];
      activity: string;
    };
  };
  /** Change the name, rules, annotators or blindness of a queue, or close it */
  'PATCH /queues/{id}': {
    path: {
      id: string;
    };
    body: {
      name?: string;
      /** answers that each item needs */
      annotators?: number;
      /** no proposal, verdict or note of others until an item has all its answers */
      blind?: boolean;
      /** a failed trace that meets one of them is added when it is finished */
      rules?: readonly {
        /** `new_kind`: it meets the condition of no cause; `disagreement`: scores and detectors, people, or people and one of these say different things of it; `edge`: it meets the conditions of several causes */
        reason?: 'new_kind' | 'disagreement' | 'edge';
        /** a detector that found something */
        signal?: string;
        /** a score under a threshold */
        score?: {
          name: string;
          below: number;
        };
        /** id of the cause it belongs to */
        cause?: string;
        tenant?: string;
        /** share of the traces that meet the rest; which ones depends on their ids alone */
        sample?: number;
      }[];
      /** gives out and takes in nothing any more */
      isClosed?: boolean;
    };
    answer: {
      queue: Schemas['Queue'];
      activity: string;
    };
  };
  /** Items of a queue in your order; answered ones last */
  'GET /queues/{id}/items': {
    path: {
      id: string;
    };
    query?: {
      limit?: number | undefined;
    };
    answer: {
      queue: Schemas['Queue'];
      items: readonly Schemas['QueueItem'][];
    };
  };
  /** Add traces or causes: those named, the newest stored traces of a filter, or of those what the rules of the queue take */
  'POST /queues/{id}/items': {
    path: {
      id: string;
    };
    body: {
      subjects?: readonly string[];
      filter?: {
        /** start of the trace, inclusive */
        from?: string;
        /** exclusive */
        to?: string;
        status?: 'ok' | 'error' | 'unset';
        failed?: 'true' | 'false';
        /** a detector that found something */
        signal?: string;
        tenant?: string;
        user?: string;
        session?: string;
        environment?: string;
        release?: string;
        promptVersion?: string;
        model?: string;
        /** failures of this cause, by its id; `none`: those that belong to no cause */
        cause?: string;
        /** all of these words are in the output */
        words?: string;
      };
      /** of the filter (default: all failures), only what a rule of the queue takes */
      byRules?: boolean;
      /** traces of a filter looked at */
      limit?: number;
    };
    answer: {
      /** that were not there yet */
      added: number;
    };
  };
  /** Reserve your next item for three minutes */
  'POST /queues/{id}/next': {
    path: {
      id: string;
    };
    answer: {
      item: Schemas['QueueItem'] | null;
    };
  };
  /** Reserve an item, or renew its reservation */
  'POST /items/{id}/hold': {
    path: {
      id: string;
    };
    answer: {
      item: Schemas['QueueItem'] | null;
    };
  };
  /** Give a reservation back; deferred items come last */
  'POST /items/{id}/release': {
    path: {
      id: string;
    };
    body: {
      defer?: boolean;
    };
    answer: {
      item: Schemas['QueueItem'] | null;
    };
  };
  /** Answer an item, where an answer of yours is still wanted */
  'POST /items/{id}/answer': {
    path: {
      id: string;
    };
    body: {
      /** a real failure, a bad item, an error of the harness, or flagged without reason */
      triage: 'genuine' | 'bad_item' | 'harness_error' | 'label_problem';
      /** of the taxonomy; null for none */
      category: string | null;
      note?: string;
      codes?: readonly {
        /** a short name for what these words show */
        code: string;
        /** the words, as they stand in the trace */
        quote: string;
        /** JSON Pointer into the trace; empty for none */
        place: string;
      }[];
      /** what became of the proposal; null where none was shown */
      proposal?: 'accepted' | 'edited' | 'rejected' | null;
      /** from seeing the item to answering; null where not measured */
      milliseconds?: number | null;
    };
    answer: {
      label: Schemas['Label'];
      activity: string;
    };
  };
  /** What rules would have taken of the newest stored failures */
  'POST /queues/preview': {
    body: {
      rules: readonly {
        /** `new_kind`: it meets the condition of no cause; `disagreement`: scores and detectors, people, or people and one of these say different things of it; `edge`: it meets the conditions of several causes */
        reason?: 'new_kind' | 'disagreement' | 'edge';
        /** a detector that found something */
        signal?: string;
        /** a score under a threshold */
        score?: {
          name: string;
          below: number;
        };
        /** id of the cause it belongs to */
        cause?: string;
        tenant?: string;
        /** share of the traces that meet the rest; which ones depends on their ids alone */
        sample?: number;
      }[];
      /** failures looked at */
      last?: number;
    };
    answer: {
      /** looked at */
      failures: number;
      /** start of the oldest of them */
      since: string | null;
      /** by any of the rules */
      taken: number;
      /** taken by each rule, by itself */
      rules: readonly number[];
      /** the newest that they take */
      items: readonly {
        subject: string;
        title: string;
        /** why it is here; empty where they are hidden */
        reasons: readonly {
          kind: 'error' | 'thumbs_down' | 'low_score' | 'new_kind' | 'disagreement' | 'edge' | 'signal' | 'cause' | 'rank' | 'chosen';
          name: string;
          points: number;
        }[];
      }[];
    };
  };
  /** Settle what people disagree about; the note is the reason */
  'POST /items/{id}/settle': {
    path: {
      id: string;
    };
    body: {
      /** a real failure, a bad item, an error of the harness, or flagged without reason */
      triage: 'genuine' | 'bad_item' | 'harness_error' | 'label_problem';
      /** of the taxonomy; null for none */
      category: string | null;
      note?: string;
      codes?: readonly {
        /** a short name for what these words show */
        code: string;
        /** the words, as they stand in the trace */
        quote: string;
        /** JSON Pointer into the trace; empty for none */
        place: string;
      }[];
      /** what became of the proposal; null where none was shown */
      proposal?: 'accepted' | 'edited' | 'rejected' | null;
      /** from seeing the item to answering; null where not measured */
      milliseconds?: number | null;
    };
    answer: {
      label: Schemas['Label'];
      activity: string;
    };
  };
  /** Items that people with all their answers given disagree about; names are hidden */
  'GET /queues/{id}/disagreements': {
    path: {
      id: string;
    };
    answer: {
      items: readonly {
        item: Schemas['QueueItem'];
        answers: readonly {
          /** `A`, `B`, …, in an order of the item */
          name: string;
          /** a real failure, a bad item, an error of the harness, or flagged without reason */
          triage: 'genuine' | 'bad_item' | 'harness_error' | 'label_problem';
          category: string | null;
          note: string;
        }[];
        settled: Schemas['Label'] | null;
      }[];
    };
  };
  /** How well people agree, whether coding still finds new kinds, what becomes of proposals, and people beside judges */
  'GET /agreement': {
    query?: {
      queue?: string | undefined;
    };
    answer: {
      labels: number;
      people: number;
      agreement: {
        /** that at least two people answered */
        items: number;
        /** Krippendorff's α; null below 30 items */
        alpha: number | null;
        /** 95% */
        interval: readonly number[] | null;
        /** share of pairs of answers that are the same */
        same: number | null;
        prevalence: readonly {
          category: string;
          share: number;
        }[];
        pairs: readonly {
          people: readonly string[];
          items: number;
          /** Cohen's κ */
          kappa: number | null;
        }[];
        standing: 'too_few' | 'one_answer' | 'faulty' | 'trend' | 'may_gate';
      };
      saturation: {
        items: number;
        /** different codes after each item */
        codes: readonly number[];
        sinceNew: number;
        coverage: {
          estimate: number;
          lower: number;
        } | null;
        /** no new code in the last 20 items */
        isQuiet: boolean;
      };
      /** what became of proposed categories of items, and of proposed causes */
      proposals: {
        labels: {
          decided: number;
          accepted: number;
          edited: number;
          rejected: number;
          /** median minutes per decision; of causes, since the action before it */
          minutes: number | null;
        };
        causes: {
          decided: number;
          accepted: number;
          edited: number;
          rejected: number;
          /** median minutes per decision; of causes, since the action before it */
          minutes: number | null;
        };
      };
      /** from open to axial coding: at most 50 groups of codes, most labels first */
      codes: readonly {
        /** that say the same, the most frequent first */
        codes: readonly string[];
        /** ids */
        labels: readonly string[];
        /** that most of these labels have */
        category: string | null;
        inCategory: number;
        /** its category says it; another one says it; it is a kind of its own; no category has half of its labels; too few labels */
        suggestion: 'fits' | 'move' | 'split' | 'spread' | 'wait';
        /** of `move` */
        target: string | null;
      }[];
      /** scores beside what people say, most traces first */
      judges: readonly {
        name: string;
        threshold: number;
        traces: number;
        found: number;
        missed: number;
        falseAlarms: number;
        passed: number;
        same: number | null;
        kappa: number | null;
      }[];
    };
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
  /** Prompts by name */
  'GET /prompts': {
    answer: Schemas['DefinitionNames'];
  };
  /** The texts of a prompt by version */
  'GET /prompts/{name}': {
    path: {
      name: string;
    };
    answer: Schemas['DefinitionVersions'];
  };
  /** The lines that differ between two versions of a prompt */
  'GET /prompts/{name}/changes': {
    path: {
      name: string;
    };
    query: {
      /** a version, of which the text seen last counts, or a hash */
      from: string;
      to: string;
    };
    answer: Schemas['DefinitionChanges'];
  };
  /** Tools that were offered to models */
  'GET /tools': {
    answer: Schemas['DefinitionNames'];
  };
  /** The definitions of a tool by version */
  'GET /tools/{name}': {
    path: {
      name: string;
    };
    answer: Schemas['DefinitionVersions'];
  };
  /** The lines that differ between two versions of a tool */
  'GET /tools/{name}/changes': {
    path: {
      name: string;
    };
    query: {
      /** a version, of which the text seen last counts, or a hash */
      from: string;
      to: string;
    };
    answer: Schemas['DefinitionChanges'];
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
  /** Who is signed in, and what they may do */
  'GET /sign-in': {
    answer: Schemas['SignInState'];
  };
  /** Sign in; sets a cookie that holds for a week of rest */
  'POST /sign-in': {
    body: {
      email: string;
      password: string;
    };
    answer: undefined;
  };
  /** End this sign-in */
  'POST /sign-out': {
    answer: undefined;
  };
  /** Add the first person, who may do everything, and sign in */
  'POST /setup': {
    body: {
      secret: string;
      name: string;
      email: string;
      password: string;
    };
    answer: undefined;
  };
  /** Take an invitation up; who is new gives a name and a password, and is signed in */
  'POST /invitations/accept': {
    body: {
      secret: string;
      name?: string;
      password?: string;
    };
    answer: {
      email: string;
      isNew: boolean;
    };
  };
  /** Begin to sign in with the OpenID Connect provider: go to the address in the answer */
  'POST /sign-in/provider': {
    answer: {
      url: string;
    };
  };
  /** Where the person is signed in */
  'GET /sign-ins': {
    answer: {
      items: readonly {
        id: string;
        since: string;
        expires: string;
        address: string;
        browser: string;
      }[];
    };
  };
  /** End a sign-in of the person; it stops working within seconds */
  'DELETE /sign-ins/{id}': {
    path: {
      id: string;
    };
    answer: undefined;
  };
  /** Change the password of the person; their other sign-ins end */
  'POST /password': {
    body: {
      current: string;
      next: string;
    };
    answer: undefined;
  };
  /** Make the link by which a person sets a new password; its secret is shown once, and nothing is sent */
  'POST /people/{id}/reset': {
    path: {
      id: string;
    };
    answer: {
      /** for the page `/reset#SECRET` */
      secret: string;
      expires: string;
    };
  };
  /** Set a new password by a link, end all sign-ins of the person, and sign in */
  'POST /password-reset': {
    body: {
      secret: string;
      password: string;
    };
    answer: undefined;
  };
  /** Who takes part in the project */
  'GET /people': {
    answer: {
      items: readonly Schemas['Member'][];
    };
  };
  /** Change the role of a person; it applies within seconds */
  'PATCH /people/{id}': {
    path: {
      id: string;
    };
    body: {
      role: 'viewer' | 'annotator' | 'analyst' | 'admin';
    };
    answer: Schemas['Member'];
  };
  /** Remove a person from the project; who takes part in no other is signed out */
  'DELETE /people/{id}': {
    path: {
      id: string;
    };
    answer: undefined;
  };
  /** Invitations that are open */
  'GET /invitations': {
    answer: {
      items: readonly Schemas['Invitation'][];
    };
  };
  /** Invite somebody; the secret of the link is shown once, and nothing is sent */
  'POST /invitations': {
    body: {
      email: string;
      role: 'viewer' | 'annotator' | 'analyst' | 'admin';
    };
    answer: {
      invitation: Schemas['Invitation'];
      /** for the page `/invitation#SECRET` */
      secret: string;
    };
  };
  /** Withdraw an invitation */
  'DELETE /invitations/{id}': {
    path: {
      id: string;
    };
    answer: undefined;
  };
  /** Names of the people and keys that take part in the project, or did something there */
  'GET /names': {
    answer: {
      items: readonly {
        id: string;
        name: string;
      }[];
    };
  };
  /** Who signed in, and who changed people, keys and settings, newest first */
  'GET /audit': {
    query?: {
      /** id of the person or key */
      by?: string | undefined;
      /** the word before the dot of the action */
      kind?: 'sign-in' | 'password' | 'person' | 'invitation' | 'key' | 'link' | 'project' | 'traces' | 'backup' | 'judge' | 'audit' | undefined;
      from?: string | undefined;
      /** not included */
      to?: string | undefined;
      limit?: number | undefined;
      /** `next` of the page before */
      before?: number | undefined;
    };
    answer: {
      items: readonly Schemas['AuditEntry'][];
      next: number | null;
    };
  };
  /** Versions of the prompt or releases: traffic, scores, pass rates, and what each new one changed */
  'GET /versions': {
    query?: {
      /** default: promptVersion where traces name one, otherwise release */
      by?: 'promptVersion' | 'release' | undefined;
      environment?: string | undefined;
      tenant?: string | undefined;
      prompt?: string | undefined;
    };
    answer: Schemas['Versions'];
  };
  /** What is watched, with the present state */
  'GET /watchers': {
    answer: {
      items: readonly Schemas['Watcher'][];
      /** where alerts may go: the operator says so */
      channels: readonly {
        name: string;
        kind: string;
      }[];
    };
  };
  /** Add or change a watcher; what it watches anew, it learns anew */
  'PUT /watchers/{id}': {
    path: {
      id: string;
    };
    body: Schemas['WatcherSettings'];
    answer: {
      id: string;
      settings: Schemas['WatcherSettings'];
    };
  };
  /** Remove a watcher with its incidents; one that comes by default does not come again */
  'DELETE /watchers/{id}': {
    path: {
      id: string;
    };
    answer: undefined;
  };
  /** The incidents that a watcher would have had within the last 30 days */
  'POST /watchers/preview': {
    body: Schemas['WatcherSettings'];
    answer: {
      days: 30;
      incidents: readonly {
        start: string;
        ended: string | null;
        end: 'resolved' | 'unresolved' | null;
        value: number;
        usual: number;
      }[];
      hours: readonly {
        at: string;
        value: number | null;
        exposures: number;
      }[];
    };
  };
  /** Make the watchers those of a file: others are removed */
  'PUT /watchers.yaml': {
    body: Blob | Uint8Array<ArrayBuffer>;
    answer: {
      watchers: number;
    };
  };
  /** Incidents, the one that opened last first */
  'GET /incidents': {
    answer: {
      items: readonly Schemas['Incident'][];
    };
  };
  /** Messages about incidents and what became of them, the newest first */
  'GET /deliveries': {
    answer: {
      items: readonly Schemas['Delivery'][];
    };
  };
  /** Try a message again that could not be sent */
  'POST /deliveries/retry': {
    body: {
      id: string;
    };
    answer: undefined;
  };
  /** Send a message for a try */
  'POST /channels/{name}/test': {
    path: {
      name: string;
    };
    answer: undefined;
  };
  /** Scheduled sessions */
  'GET /schedules': {
    answer: {
      items: readonly Schemas['Schedule'][];
    };
  };
  /** Add or change sessions that begin by themselves */
  'PUT /schedules/{id}': {
    path: {
      id: string;
    };
    body: Schemas['ScheduleSettings'];
    answer: Schemas['Schedule'];
  };
  /** Begin no more sessions; those that there are stay */
  'DELETE /schedules/{id}': {
    path: {
      id: string;
    };
    answer: undefined;
  };
  /** Online judges: those that the operator configured, and what each does in the project */
  'GET /judges': {
    answer: {
      items: readonly Schemas['Judge'][];
    };
  };
  /** Use a judge, or change how it is used */
  'PUT /judges/{name}': {
    path: {
      name: string;
    };
    body: Schemas['JudgeSettings'];
    answer: {
      name: string;
      settings: Schemas['JudgeSettings'];
    };
  };
  /** Use a judge no more; its scores stay, and what it spent counts on */
  'DELETE /judges/{name}': {
    path: {
      name: string;
    };
    answer: undefined;
  };
  /** Ask whether to let a request or an answer through; nothing of it is stored */
  'POST /guard': {
    query?: {
      /** name of a guard of the operator; `default`, unless the operator says otherwise: the starter rules, in shadow mode */
      guard?: string | undefined;
    };
    body: Schemas['GuardedRun'];
    answer: Schemas['GuardAnswer'];
  };
  /** What each guard has found in the project since the server started */
  'GET /guards': {
    answer: {
      since: string;
      items: readonly Schemas['GuardUse'][];
    };
  };
  /** What the server has received, what became of it, and why anything was dropped */
  'GET /status': {
    answer: Schemas['Status'];
  };
}
