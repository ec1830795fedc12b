import { createHash } from 'node:crypto';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { JudgeDefinition, JudgeSettings } from '../../contract/online-judge.ts';
import {
  boundReached,
  type JudgeCalls,
  type JudgeSpend,
  type JudgeUse,
  type Workspace,
} from '../../store/workspace/workspace.ts';
import type { Ingest } from '../ingest/ingest.ts';
import type { ProjectJobs } from '../jobs/project-jobs.ts';
import type { ProjectRules } from '../project-rules.ts';
import { freeCalls, type JudgeRunDeps, nextCall, runJudge, waitingFor } from './judge-run.ts';
import { type JudgeState, judgeState } from './judge-state.ts';
import { JUDGE_LABELS, type JudgeLabel, type Scorer } from './scorer.ts';

/** Judges that score the traces of projects as they come in. */
export interface Judges {
  /** What the operator named, in order of the names. */
  readonly configured: readonly ConfiguredJudge[];
  /** Those that a project uses, in order of their names, with what they do now. */
  views(project: string): Promise<readonly JudgeView[]>;
  /** @throws CulpritError `invalid_input` for a judge that there is not, and a bound that has no effect. */
  check(name: string, settings: JudgeSettings): void;
  /** Asks for a job where traces wait for a judge that may score them. @returns The projects of which. */
  requestDue(): Promise<readonly string[]>;
  /** Does what is asked for. */
  work(): Promise<void>;
}

export interface ConfiguredJudge {
  readonly name: string;
  readonly definition: JudgeDefinition;
  readonly hasPrice: boolean;
}

export interface JudgeView {
  readonly name: string;
  readonly settings: JudgeSettings;
  readonly version: string;
  readonly state: JudgeState;
  /** Why it does not work; '' where it does. */
  readonly reason: string;
  /** Since when it has scored nothing, or is in use; epoch milliseconds. */
  readonly since: number;
  readonly spent: JudgeSpend;
  readonly verdicts: Readonly<Record<JudgeLabel, number>>;
  readonly lastScore: number | null;
  readonly backlog: { readonly traces: number; readonly oldest: number | null };
}

export interface JudgesDeps {
  readonly judges: Readonly<Record<string, JudgeDefinition>>;
  /** By name. */
  readonly scorers: ReadonlyMap<string, Scorer>;
  readonly store: JudgeRunDeps['store'];
  readonly workspace: Pick<Workspace, 'judges' | 'projects' | 'redactionSalt' | 'watch'>;
  readonly ingest: Pick<Ingest, 'accept'>;
  readonly projects: Pick<ProjectRules, 'of'>;
  readonly jobs: Pick<ProjectJobs, 'add' | 'work'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
}

const HOUR = 3_600_000;

export function judges(deps: JudgesDeps): Judges {
  const { scorers, store, workspace, clock } = deps;
  const run: JudgeRunDeps = {
    ...{ store, clock, judges: workspace.judges, give: giveTo(deps) },
    saltOf: async (project, judge) =>
      createHash('sha256')
        .update(`${await workspace.redactionSalt(project)} judge ${judge}`)
        .digest('hex'),
  };

  const callsOf = async (project: string, { name }: JudgeUse): Promise<JudgeCalls> => {
    if (scorers.get(name)?.isPaid !== false)
      return await workspace.judges.calls({ project, judge: name }, clock());
    const spent = { ...(await freeCalls(project, name, run)), tokensPerDay: 0, dollarsPerDay: 0 };
    return { spent, failures: 0, lastFailure: null, settled: [] };
  };

  const view = async (project: string, use: JudgeUse): Promise<JudgeView> => {
    const { name, settings, version, since } = use;
    const now = clock();
    const calls = await callsOf(project, use);
    const [counts, backlog] = await Promise.all([
      store.judgedCounts(project, name, { hour: now - HOUR, day: now - 24 * HOUR }),
      store.unjudged(await waitingFor(project, use, calls.settled, run), 1),
    ]);
    const verdicts = Object.fromEntries(
      JUDGE_LABELS.map((label) => [label, counts.find((each) => each.label === label)?.inDay ?? 0]),
    ) as Record<JudgeLabel, number>;
    const lastScore = counts.length === 0 ? null : Math.max(...counts.map(({ last }) => last));
    const facts = {
      ...{ settings, since, calls, verdicts, lastScore, least: scorers.get(name)?.least ?? null },
      backlog: { traces: backlog.total, oldest: backlog.oldest },
    };
    return {
      ...{ name, settings, version, verdicts, lastScore, backlog: facts.backlog },
      ...{ spent: calls.spent, since: Math.max(since, lastScore ?? 0) },
      ...judgeState(facts, now),
    };
  };

  const isDue = async (project: string, use: JudgeUse): Promise<boolean> => {
    const scorer = scorers.get(use.name);
    if (use.settings.isPaused || scorer === undefined) return false;
    const { spent, failures, lastFailure, settled } = await callsOf(project, use);
    if (boundReached(spent, scorer.least, use.settings.budget) !== null) return false;
    if (lastFailure !== null && clock() < nextCall({ failures, at: lastFailure.at })) return false;
    return (await store.unjudged(await waitingFor(project, use, settled, run), 1)).total > 0;
  };

  /** What a score meant before says nothing about what it means now. */
  const keepVersion = async (project: string, judge: string, version: string): Promise<void> => {
    if (!(await workspace.judges.setVersion({ project, judge }, version))) return;
    for (const { id, ...settings } of await workspace.watch.watchers(project))
      if (settings.of.kind === 'score' && settings.of.score === judge)
        await workspace.watch.putWatcher(project, id, settings, true);
  };

  return {
    configured: Object.entries(deps.judges)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, definition]) => ({
        ...{ name, definition },
        hasPrice: (scorers.get(name)?.price ?? null) !== null,
      })),
    async views(project) {
      const views: JudgeView[] = [];
      for (const use of await workspace.judges.uses(project)) views.push(await view(project, use));
      return views;
    },
    check(name, { budget }) {
      const scorer = scorers.get(name);
      const wrong = (why: string): CulpritError =>
        new CulpritError('invalid_input', `judge ${name}: ${why}`);
      if (scorer === undefined)
        throw wrong(
          `the operator of this server configured: ${[...scorers.keys()].sort().join(', ') || 'none'}`,
        );
      if (!scorer.isPaid && (budget.tokensPerDay ?? budget.dollarsPerDay) !== null)
        throw wrong('a check takes no tokens and costs nothing; leave tokens and dollars out');
      if (budget.dollarsPerDay !== null && scorer.price === null)
        throw wrong(
          'what it costs is not known: bound calls or tokens, or have the operator give its price',
        );
    },
    async requestDue() {
      const due: string[] = [];
      for (const { id } of await workspace.projects()) {
        const uses = await workspace.judges.uses(id);
        let isAny = false;
        for (const use of uses) isAny ||= await isDue(id, use);
        if (!isAny) continue;
        await deps.jobs.add('judging', id, 'schedule');
        due.push(id);
      }
      return due;
    },
    work: () =>
      deps.jobs.work('judging', async ({ project, signal }) => {
        for (const use of await workspace.judges.uses(project)) {
          const scorer = scorers.get(use.name);
          if (scorer === undefined || use.settings.isPaused || signal.aborted) continue;
          await keepVersion(project, use.name, scorer.version);
          await runJudge(project, use, scorer, signal, run);
        }
        return { result: null, error: null };
      }),
  };
}

/** Scores go the way of all scores: their traces are judged anew with them. */
const giveTo =
  ({ ingest, projects, scorers }: JudgesDeps): JudgeRunDeps['give'] =>
  async (project, judge, scores) => {
    const { redact, keepDays } = await projects.of(project);
    const annotator = scorers.get(judge)?.isPaid === true ? 'model' : 'code';
    const { refused } = await ingest.accept({
      ...{ project, format: 'judge', redact, keepDays },
      records: scores.map(({ trace, score: { value, label, explanation, version } }) => ({
        isPart: false,
        record: {
          kind: 'score',
          score: {
            ...{ traceId: trace, sessionId: null, responseId: null, id: version },
            score: { name: judge, value, label, explanation, annotator, spanId: null },
          },
        },
      })),
    });
    if (refused !== null) throw refused;
  };
