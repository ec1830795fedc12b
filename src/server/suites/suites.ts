import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { EvalReport, History } from '../../contract/eval-report.ts';
import type { CaseRole } from '../../contract/suite.ts';
import { decisionsOf } from '../../decide/decide.ts';
import { storedSource, type TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { Workspace } from '../../store/workspace/workspace.ts';
import type { Promotion, RunReport } from '../../verify/verify.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { packed, unpacked } from '../analysis/frozen-models.ts';
import type { Access } from '../http/access.ts';
import { RequestError } from '../http/problem.ts';
import { recordDecision } from '../record-decision.ts';
import { promotable } from './promotable.ts';
import {
  type KeptRun,
  type ListedSuite,
  type ListedSuites,
  type NamedText,
  RUN_ID,
  type SuiteFolder,
  suiteFolder,
} from './suite-folder.ts';
import type { SuiteWork } from './suite-thread.ts';

/** Causes of stored traces as suites, and the runs of these. */
export interface Suites {
  /** Where the suites of a project are. */
  path(project: string): string;
  list(project: string): Promise<ListedSuites>;
  /** What would be written; nothing is. Throws RequestError with the reason where a cause cannot be promoted. */
  preview(who: Who, cause: string, choice: Choice): Promise<Previewed>;
  /** Writes the files to the folder, or hands them over, and records it. Throws as `preview`, and `unwritable_file`. */
  promote(who: Who, cause: string, choice: Choice, how: How): Promise<Written>;
  /** Runs beside the suites and runs that were sent, oldest first. */
  runs(project: string): Promise<ShownRuns>;
  /** Null where there is no such run, or it has not ended. */
  run(project: string, id: string): Promise<RunReport | null>;
  /** Keeps a run that was made elsewhere. Throws what `reportOfRun` throws. */
  add(who: Who, sent: SentFiles): Promise<KeptRun>;
}

type Who = Pick<Access, 'project' | 'by' | 'name'>;

/** What a person chooses of a cause. */
export interface Choice {
  /** Ids of traces that become guards. */
  readonly picks: readonly string[];
  /** Ids of traces that become no case. */
  readonly leaveOut: readonly string[];
  readonly redaction: 'mask' | 'off';
  /** Of a new suite; null: made of the title. */
  readonly name: string | null;
}

interface How {
  readonly to: 'folder' | 'download';
  /** `version` of the preview, which has to be what is written. */
  readonly version: string;
}

export interface Previewed {
  readonly promotion: Promotion;
  /** Tells whether two previews are the same. */
  readonly version: string;
}

interface Written {
  readonly files: readonly NamedText[];
  readonly file: string;
}

interface SentFiles {
  /** The record of the run. */
  readonly record: string;
  readonly suites: readonly NamedText[];
}

export interface ShownRun extends KeptRun {
  /** Id of who sent it; null for one that was kept beside the suites. */
  readonly by: string | null;
}

interface ShownRuns {
  readonly runs: readonly ShownRun[];
  readonly history: History;
  /** Titles of causes, by id. */
  readonly titles: ReadonlyMap<string, string>;
}

export interface SuitesDeps {
  readonly store: Pick<TelemetryStore, 'stream'>;
  readonly workspace: Workspace;
  readonly analyses: Pick<Analyses, 'latest'>;
  readonly work: SuiteWork;
  /** Folder that holds one of each project. */
  readonly folder: string;
  readonly clock: () => number;
  readonly newId: () => string;
}

/** Reports of runs that are remembered, and runs that the history shows. */
const MOST_REPORTS = 20;
const MOST_SHOWN = 30;

/** What is kept of a run that was sent. */
interface Summary extends KeptRun {
  readonly titles: readonly (readonly [cause: string, title: string])[];
}

export function suites(deps: SuitesDeps): Suites {
  const { workspace, store, work } = deps;
  const folders = new Map<string, SuiteFolder>();
  const folderOf = (project: string): SuiteFolder => {
    // Ids of projects are letters, digits and hyphens.
    const folder = folders.get(project) ?? suiteFolder(join(deps.folder, project));
    folders.set(project, folder);
    return folder;
  };
  const reports = new Map<string, Promise<RunReport | null>>();
  let writing: Promise<unknown> = Promise.resolve();

  const preview: Suites['preview'] = async ({ project, name }, cause, choice) => {
    const latest = await deps.analyses.latest(project);
    if (latest === null) throw noCause(cause);
    const decisions = decisionsOf(await workspace.decisions(project));
    const survivor = decisions.survivor(cause);
    if (survivor !== cause) throw mergedAway(survivor);
    const found = promotable(latest.report, decisions, cause, choice.picks);
    if (found === null) throw noCause(cause);
    const leftOut = new Set(choice.leaveOut);
    const members = found.members.filter((id) => !leftOut.has(id));
    const passing = found.passing.filter((id) => !leftOut.has(id));
    const { files, facts, toolVersion, options } = latest.report.analysis;
    const traces: Uint8Array[] = [];
    const ids = [...members, ...passing];
    for await (const piece of storedSource(store, { project, ids }, project).open())
      traces.push(piece);
    const day = new Date(deps.clock()).toISOString().slice(0, 10);
    const promotion = await work
      .promote({
        ...{ traces, cluster: found.cluster, members, passing, picks: choice.picks },
        analysis: { files, facts, toolVersion, options },
        ...{ redaction: choice.redaction, name: choice.name, added: { at: day, by: name } },
        files: await folderOf(project).files(),
      })
      .catch((error: unknown) => {
        throw refused(error);
      });
    const version = createHash('sha256')
      .update(`${promotion.file}\n${promotion.yaml}\n${promotion.payload}`)
      .digest('hex')
      .slice(0, 16);
    return { promotion, version };
  };

  const write = async (
    who: Who,
    cause: string,
    choice: Choice,
    { to, version }: How,
  ): Promise<Written> => {
    const { promotion, version: now } = await preview(who, cause, choice);
    const { file, yaml, payload, suite, added } = promotion;
    if (now !== version)
      throw new RequestError({
        status: 409,
        code: 'changed_since',
        detail: 'the suite would not be what the preview showed: look at it again',
      });
    if (added.length === 0)
      throw new RequestError({
        status: 409,
        code: 'nothing_new',
        detail: `${file} holds these cases already`,
      });
    const { suiteSchemaFile } = await import('../../verify/verify.ts');
    // The suite comes last: it names the others.
    const files = [
      suiteSchemaFile(),
      { name: suite.payload, text: payload },
      { name: file, text: yaml },
    ];
    if (to === 'folder') await folderOf(who.project).write(files);
    const count = (role: CaseRole): number => added.filter((each) => each.role === role).length;
    await recordDecision(deps, who, 'promote', [
      {
        ...{ kind: 'cause', subject: cause, field: 'suite' },
        value: {
          ...{ file, to, guards: count('guard') },
          ...{ controls: count('control'), slice: count('slice') },
        },
      },
    ]);
    return { files, file };
  };

  const sentOf = async (project: string) => {
    const sent = await workspace.sentRuns(project);
    return sent.map(({ by, summary }) => ({ by, ...(unpacked(summary) as Summary) }));
  };

  return {
    path: (project) => folderOf(project).path,
    list: (project) => folderOf(project).list(),
    preview,
    promote(who, cause, choice, how) {
      // One after the other, so that two people do not write over each other.
      const done = writing.then(() => write(who, cause, choice, how));
      writing = done.catch(() => {});
      return done;
    },
    async runs(project) {
      const [kept, sent, { suites: listed }] = await Promise.all([
        folderOf(project).runs(),
        sentOf(project),
        folderOf(project).list(),
      ]);
      const titles = new Map([...sent.flatMap((run) => run.titles), ...listed.map(titleOf)]);
      const here = new Set(kept.map(({ header }) => header.id));
      const all: readonly ShownRun[] = [
        ...kept.map((run) => ({ ...run, by: null })),
        ...sent.filter(({ header }) => !here.has(header.id)),
      ].sort((a, b) => (a.header.createdAt < b.header.createdAt ? -1 : 1));
      const { historyOf } = await import('../../verify/verify.ts');
      const history = historyOf(all.slice(-MOST_SHOWN), titles);
      return { runs: all, history, titles };
    },
    async run(project, id) {
      const folder = folderOf(project);
      const text = folder.record(id);
      if (text === null) {
        const sent = await workspace.sentReport(project, id);
        return sent === null ? null : (unpacked(sent) as RunReport);
      }
      const files = await folder.files();
      const key = hashOf(project, id, text, ...files.map((file) => file.text));
      const known = reports.get(key);
      if (known !== undefined) return known;
      const made = work.report({ text, record: `${id}.jsonl`, path: folder.path, files });
      if (reports.size >= MOST_REPORTS) reports.clear();
      reports.set(key, made);
      made.catch(() => reports.delete(key));
      return await made;
    },
    async add({ project, by }, { record, suites: given }) {
      const files = given.map(({ name, text }) => ({ path: name, text }));
      const { runEnds } = await import('../../verify/verify.ts');
      const lines = record.split('\n');
      const ends = runEnds({ first: lines[0] ?? '', last: lines.at(-2) ?? '' }, 'record');
      const { header } = ends;
      if (!RUN_ID.test(header.id) || Number.isNaN(Date.parse(header.createdAt)))
        throw new CulpritError('invalid_input', 'record: this is not the file of a run');
      const report = await work.report({
        ...{ text: record, record: `${header.id}.jsonl`, path: 'evals', files },
      });
      if (report === null)
        throw new CulpritError('invalid_input', `record: the run ${header.id} has not ended`);
      const summary: Summary = { ...ends, titles: titlesOf(report.report) };
      await workspace.addRun({
        ...{ project, by, id: header.id, at: Date.parse(header.createdAt) },
        ...{ summary: packed(summary), report: packed(report) },
      });
      return ends;
    },
  };
}

const titleOf = ({ suite: { cause } }: ListedSuite) => [cause.id, cause.title] as const;

const titlesOf = ({ causes }: EvalReport): Summary['titles'] =>
  causes.map(({ id, title }) => [id, title] as const);

function hashOf(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}\n${text}`);
  return hash.digest('hex');
}

const noCause = (cause: string): RequestError =>
  new RequestError({
    status: 404,
    code: 'no_such_cause',
    detail: `the latest analysis has no cause ${cause.slice(0, 100)}`,
  });

const mergedAway = (survivor: string): RequestError =>
  new RequestError({
    status: 409,
    code: 'merged_already',
    detail: `its failures count for ${survivor.slice(0, 100)}: promote that cause`,
  });

/** Why a cause cannot be promoted, in the words of the workspace. */
function refused(error: unknown): unknown {
  if (!(error instanceof CulpritError)) return error;
  const { code, message, option } = error;
  if (code === 'no_traces')
    return new RequestError({ status: 409, code: 'too_few_traces', detail: message });
  if (code !== 'invalid_option') return error;
  const detail = option === null ? message : message.slice(option.length).replace(/^[:\s]+/, '');
  return new RequestError({ status: 409, code: 'not_promotable', detail }, { cause: error });
}
