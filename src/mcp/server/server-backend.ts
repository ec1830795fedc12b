import { ApiError, type CulpritClient, type Routes } from '../../client/client.ts';
import { type CauseProposal, causeProposalSchema } from '../../contract/cause-proposal.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Diff } from '../../contract/diff.ts';
import type { ReportData } from '../../contract/report.ts';
import { decidedReport, decisionsOf, type Losses } from '../../decide/decide.ts';
import { shellWord } from '../../text/shell-word.ts';
import type { Backend, Compared, DiffRequest, ListedProposal } from '../backend.ts';

export interface ServerBackendOptions {
  readonly client: CulpritClient;
  /** Under which people reach the server. */
  readonly url: string;
  /** Reports by the id of their analysis, which never change. */
  readonly reports: ReportCache;
  /** Runs suites on this machine; null where the server is only asked. */
  readonly verify: Backend['verify'] | null;
}

/** The last reports that were read. */
export type ReportCache = Map<string, ReportData>;
const MOST_REPORTS = 4;

const MOST_FOUND = 200;

/** Answers from a running server, with the key and the scopes of who asks. */
export function serverBackend({ client, url, reports, verify }: ServerBackendOptions): Backend {
  const decisions = async () => (await client('GET /decisions')).items;

  const plainReport = async (id: string): Promise<ReportData> => {
    const before = reports.get(id);
    if (before !== undefined) return before;
    const report = (await client('GET /analyses/{id}/report', { path: { id } })) as ReportData;
    if (reports.size >= MOST_REPORTS) reports.delete(reports.keys().next().value!);
    reports.set(id, report);
    return report;
  };

  return {
    source: `the server at ${url}`,

    async report() {
      const { analysis } = await client('GET /analyses/latest');
      if (analysis === null) return null;
      const path = { id: analysis.id };
      const [report, decided, losses] = await Promise.all([
        plainReport(analysis.id),
        decisions(),
        client('GET /analyses/{id}/losses', { path }).catch(unlessMissing),
      ]);
      return decidedReport(report, decisionsOf(decided), losses as Losses | null);
    },

    async trace(id) {
      const found = await client('GET /traces/{id}', { path: { id } }).catch(unlessMissing);
      return found === null ? null : { ...found.trace, missing: null };
    },

    async search({ words, cause }) {
      const { items, next } = await client('GET /traces', {
        query: { words, limit: MOST_FOUND, cause },
      });
      return {
        searched: 'the outputs of all stored traces, newest first',
        items: items.map((each) => ({
          ...{ trace: each.id, cause: cause ?? null, failed: each.failed },
          ...{ promptVersion: each.promptVersion || null, tenant: each.tenant || null },
          text: each.output,
        })),
        hasMore: next !== null,
      };
    },

    async query(asked) {
      // As JSON has it: what is undefined is not sent.
      const body = asked as Routes['POST /query']['body'];
      const { rows, ...same } = await client('POST /query', { body });
      return { ...same, rows: [...rows] };
    },

    async suites() {
      const { items } = await client('GET /suites');
      return items.map(({ file, cause, guards, controls, slice }) => ({
        ...{ file, cause: cause.id, title: cause.title, guards, controls, slice },
      }));
    },

    async runs() {
      const { items } = await client('GET /runs');
      return items.map(({ id, at, version, verdict, sentence }) => ({
        ...{ id, at, version, verdict, sentence },
      }));
    },

    async proposals() {
      return (await decisions()).flatMap(({ kind, field, subject, value, at, by }) => {
        if (kind !== 'cause' || field !== 'suggestion') return [];
        const { data } = causeProposalSchema.safeParse(value);
        return data === undefined ? [] : ({ ...data, cause: subject, at, by } as ListedProposal);
      });
    },

    async propose(cause: string, proposal: CauseProposal) {
      await client('POST /decisions', {
        body: {
          action: 'suggest',
          changes: [{ kind: 'cause', subject: cause, field: 'suggestion', value: proposal }],
        },
      });
      return `the cause ${cause} at ${url}`;
    },

    async promote(cause, picks) {
      const path = { id: cause };
      const preview = await client('POST /causes/{id}/suite/preview', { path, body: { picks } });
      const { version, file, isNew, checks, cases, broken, notes } = preview;
      const written =
        cases.length === 0
          ? null
          : await client('POST /causes/{id}/suite', {
              path,
              body: { picks, to: 'folder', version },
            });
      return {
        ...{ file: written === null ? file : `${written.path}/${written.file}`, isNew, notes },
        checks: checks.map(
          (each) => `${each.negate ? 'not ' : ''}${each.check} ${JSON.stringify(each.params)}`,
        ),
        cases: cases.map(({ id, role, trace, proof, input }) => ({
          ...{ id, role, trace, proof, input },
        })),
        broken: broken.map(({ trace, why }) => ({ trace, why })),
      };
    },

    async verify(asked, signal) {
      if (verify !== null) return verify(asked, signal);
      const { folder } = await client('GET /suites');
      throw new CulpritError(
        'invalid_option',
        `this server runs no targets: run culprit eval ${shellWord(folder)} --target … --server ${url} where the application is, or add culprit mcp --server ${url} --target … to the agent; overview shows the last run`,
      );
    },

    diff: (asked) => compared(client, asked),

    command: ({ kind, cause }) =>
      kind === 'promote' || kind === 'verify'
        ? null
        : cause === undefined
          ? `curl ${url}/api/v1/causes`
          : null,
  };
}

/** A comparison of these sides that is done, or one that begins now. */
async function compared(client: CulpritClient, { by, from, to }: DiffRequest): Promise<Compared> {
  if (by !== 'promptVersion' && by !== 'release')
    throw new CulpritError(
      'invalid_input',
      `by: a server compares by promptVersion or release, not by ${by.slice(0, 80)}`,
    );
  const { usual } = await client('GET /comparisons/choices');
  const [before, after] = usual[by] ?? [];
  const sides = { by, from: from ?? before, to: to ?? after };
  if (sides.from === undefined || sides.to === undefined)
    throw new CulpritError('invalid_input', `by: fewer than two values of ${by} are recorded`);
  const { items } = await client('GET /comparisons');
  const same = items.find(
    ({ sides: own, state }) =>
      own.by === by &&
      own.from === sides.from &&
      own.to === sides.to &&
      own.environment === undefined &&
      own.tenant === undefined &&
      own.promptName === undefined &&
      state !== 'failed' &&
      state !== 'cancelled',
  );
  const found =
    same ??
    (await client('POST /comparisons', {
      body: { by, from: sides.from, to: sides.to },
    }));
  if (found.state !== 'done')
    return { kind: 'running', why: `the comparison ${found.id} is ${found.state}` };
  const diff = (await client('GET /comparisons/{id}/json', { path: { id: found.id } })) as Diff;
  return { kind: 'done', diff };
}

function unlessMissing(error: unknown): null {
  if (error instanceof ApiError && error.status === 404) return null;
  throw error;
}
