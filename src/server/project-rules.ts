import type { Redaction } from '../contract/redaction.ts';
import { type Redactor, redactor } from '../redact/redact.ts';
import type { ProjectSettings, Workspace } from '../store/workspace/workspace.ts';
import { DEFAULT_SETTINGS } from '../store/workspace/workspace.ts';
import { latestModel } from './analysis/frozen-models.ts';
import type { Finisher } from './finish/finisher.ts';

/** What applies to what a project receives. */
export interface ProjectRules {
  of(project: string): Promise<ProjectRule>;
  /** Settings have changed. */
  forget(project: string): void;
}

interface ProjectRule {
  readonly redact: Redactor;
  /** What `redact` does, for other threads. */
  readonly redaction: Redaction;
  readonly keepDays: number;
  /** Names detectors and facts that traces are judged by. */
  readonly judgedBy: string;
}

/** What applies to each project, with its judging told to the finisher. Settings are read once. */
export interface LoadedRules extends ProjectRules {
  /** Days that traces of a project are kept, as last read. */
  readonly keepDays: (project: string) => number;
}

export interface RuleSources {
  readonly workspace: Pick<Workspace, 'project' | 'redactionSalt' | 'latestModel'>;
  readonly finisher: Pick<Finisher, 'judge'>;
  /** Version of the package. */
  readonly version: string;
}

/**
 * Names what traces are judged by: the version of the package, with its detectors and its taxonomy, and the analysis whose
 * facts and causes are used.
 */
export const judgedByOf = (version: string, analysis: { readonly id: string } | null): string =>
  analysis === null ? version : `${version} ${analysis.id}`;

/** The version of the package in a name that `judgedByOf` made. */
export const packageVersionOf = (judgedBy: string): string => judgedBy.split(' ')[0] ?? '';

/** More model and tool steps than this is a loop signature, as in the options of `analyze`. */
const STEP_BUDGET = 50;

export function projectRules({ workspace, finisher, version }: RuleSources): LoadedRules {
  const loaded = new Map<string, Promise<ProjectRule>>();
  const known = new Map<string, ProjectSettings>();

  const load = async (project: string): Promise<ProjectRule> => {
    const settings = (await workspace.project(project))?.settings ?? DEFAULT_SETTINGS;
    known.set(project, settings);
    const latest = await latestModel(workspace, project);
    const judgedBy = judgedByOf(version, latest);
    finisher.judge(project, {
      options: { scores: settings.scores, stepBudget: STEP_BUDGET, policy: null },
      model: latest && { facts: latest.model.facts, causes: latest.model.causes, at: latest.at },
      version: judgedBy,
    });
    const { redact: mode, keepDays } = settings;
    const redaction: Redaction =
      mode === 'hash' ? { mode, salt: await workspace.redactionSalt(project) } : { mode };
    return { redact: redactor(redaction), redaction, keepDays, judgedBy };
  };
  const of = (project: string): Promise<ProjectRule> => {
    let rule = loaded.get(project);
    if (rule === undefined) {
      rule = load(project);
      loaded.set(project, rule);
      // What failed is tried again with the next request.
      rule.catch(() => loaded.delete(project));
    }
    return rule;
  };

  return {
    of,
    forget: (project) => {
      loaded.delete(project);
    },
    keepDays: (project) => known.get(project)?.keepDays ?? DEFAULT_SETTINGS.keepDays,
  };
}
