import { meanSchema, releaseSchema, scoreSchema } from '../../contract/trend.ts';
import { comparisonSides } from '../comparisons/sides.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { versionPage } from '../versions/version-page.ts';
import { sidesFor } from '../watching/versions/version-alert.ts';
import { versionChecks, watchesVersions } from '../watching/versions/version-run.ts';
import { type Api, json, named, newApi, orNull, route } from './api-group.ts';
import { mixedVersions } from './mixed-versions.ts';
import { traceFilter } from './trace-filter.ts';

const number = z.number();
const interval = z.tuple([number, number]).readonly();
const text = z.string().max(500).optional();
const release = named('WentLive', releaseSchema);
const score = named('ScoreOverTime', scoreSchema);

const check = z
  .object({
    value: z.string().describe('the new version'),
    environment: z.string().describe("'' where traces name none"),
    prompt: z.string().describe("name of the prompt; ''"),
    state: z.enum(['first', 'waiting', 'comparing', 'done', 'failed']),
    from: orNull(z.string()).describe('the version before'),
    at: orNull(z.iso.datetime()).describe('when it was asked for, or ended'),
    text: z.string().describe('what changed, or what is missing, or why it failed'),
    grown: z.array(
      z.object({ id: z.string(), title: z.string(), state: z.enum(['new', 'grown']) }),
    ),
    open: number.describe('causes that cannot be told from chance'),
    sides: orNull(comparisonSides).describe('what the page Compare shows'),
    session: orNull(z.string()).describe('about what grew'),
  })
  .openapi('VersionCheck');

const get = route('read', {
  method: 'get',
  path: '/versions',
  summary:
    'Versions of the prompt or releases: traffic, scores, pass rates, and what each new one changed',
  request: {
    query: z.object({
      by: z
        .enum(['promptVersion', 'release'])
        .optional()
        .describe('default: promptVersion where traces name one, otherwise release'),
      ...{ environment: text, tenant: text, prompt: text },
    }),
  },
  responses: {
    200: json(
      z
        .object({
          by: z.enum(['promptVersion', 'release']),
          environments: z.array(z.string()).readonly(),
          prompts: z
            .array(z.string())
            .readonly()
            .describe('names, the one with most traffic first'),
          prompt: orNull(z.string()).describe('the one that this is about; null for all traces'),
          unit: z.enum(['day', 'hour']),
          starts: z.array(number).readonly().describe('epoch milliseconds, without gaps'),
          versions: z
            .array(
              z.object({
                value: z.string(),
                ...{ first: z.iso.datetime(), last: z.iso.datetime() },
                ...{ traces: number, eligible: number, failed: number },
                rate: number.describe('failures per 1,000 traces'),
                interval: interval.describe('95%'),
                traffic: z.array(number).readonly().describe('traces of each day or hour'),
                run: orNull(z.object({ id: z.string(), verdict: z.string() })).describe(
                  'the last run of the suites with this version',
                ),
              }),
            )
            .describe('the first to appear first; the 30 with most traces'),
          others: z.array(number).readonly().describe('traces of none of these versions'),
          releases: z.array(release).readonly().describe('deploys, and versions without one'),
          scores: z.array(score).readonly(),
          means: z
            .array(z.object({ name: z.string(), cells: z.array(meanSchema).readonly() }))
            .readonly()
            .describe('of each version, in their order'),
          detectors: z
            .array(
              z.object({
                detector: z.string(),
                cells: z
                  .array(
                    z.object({
                      ...{ found: number, among: number },
                      passShare: orNull(number).describe('traces in which it found nothing'),
                      interval: orNull(interval),
                    }),
                  )
                  .readonly(),
              }),
            )
            .readonly(),
          suites: z
            .array(
              z.object({
                cause: z.string(),
                title: orNull(z.string()),
                cells: z.array(orNull(z.object({ passed: number, cases: number }))),
              }),
            )
            .describe('guards that passed in the last run with each version'),
          checks: z.array(check).describe('the one that appeared last first'),
          mixed: mixedVersions,
        })
        .openapi('Versions'),
      'of the last 90 days with traces; hours where there are fewer than three days',
    ),
  },
});

export function versionRoutes({ store, workspace, suites, backfills }: ServerContext): Api {
  const api = newApi();

  const checksOf = async (project: string, by: string) => {
    const states = await workspace.watch.watcherStates(project);
    const watchers = (await workspace.watch.watchers(project)).filter(watchesVersions);
    return watchers
      .filter((watcher) => watcher.of.by === by)
      .flatMap((watcher) =>
        versionChecks(states.get(watcher.id)).flatMap((each) => {
          const { step, ...version } = each;
          if (step.kind === 'known') return [];
          const from = step.kind === 'first' ? null : step.from;
          const isDone = step.kind === 'done';
          const sides =
            from === null
              ? null
              : sidesFor({ of: watcher.of.by, where: watcher.where }, each, from);
          return [
            {
              ...{ value: version.value, environment: version.environment, prompt: version.prompt },
              ...{ state: step.kind, from, sides },
              at: 'at' in step ? new Date(step.at).toISOString() : null,
              text: textOf(step),
              grown: isDone ? [...step.grown] : [],
              open: isDone ? step.open : 0,
              session: isDone && step.grown.length > 0 ? step.comparison : null,
            },
          ];
        }),
      );
  };

  api.openapi(get, async (c) => {
    const { project } = c.var.access;
    const { by: asked, prompt, ...query } = c.req.valid('query');
    const filter = traceFilter(project, query);
    const by =
      asked ??
      ((await store.versions(filter, 'promptVersion')).length > 0 ? 'promptVersion' : 'release');
    const page = await versionPage(
      store,
      { ...filter, ...(prompt !== undefined && { promptName: prompt }) },
      by,
      await workspace.deploys(project),
    );
    const { runs, history } = await suites.runs(project);
    const lastRun = (value: string) =>
      runs.findLast(
        ({ header, end }) =>
          (header.target.version ?? header.target.spec) === value && end !== null,
      );
    return c.json(
      {
        ...{ ...page, by },
        versions: page.versions.map(({ first, last, ...version }) => {
          const run = lastRun(version.value);
          return {
            ...version,
            ...{ first: new Date(first).toISOString(), last: new Date(last).toISOString() },
            run:
              run === undefined ? null : { id: run.header.id, verdict: run.end!.judgment.verdict },
          };
        }),
        suites: history.causes
          .map(({ cause, title, cells }) => ({
            ...{ cause, title },
            cells: page.versions.map(({ value }) => {
              const at = history.runs.findLastIndex(({ version }) => version === value);
              const cell = cells[at] ?? null;
              return cell === null ? null : { passed: cell.passed, cases: cell.cases };
            }),
          }))
          .filter(({ cells }) => cells.some((cell) => cell !== null)),
        checks: await checksOf(project, by),
        mixed: await backfills.mixed(project),
      },
      200,
    );
  });

  return api;
}

type Step = ReturnType<typeof versionChecks>[number]['step'];

function textOf(step: Step): string {
  switch (step.kind) {
    case 'known':
      return '';
    case 'first':
      return 'Nothing ran before it';
    case 'waiting':
      return step.lacks;
    case 'comparing':
      return 'It is being compared';
    case 'done':
      return step.headline;
    case 'failed':
      return step.reason;
    default: {
      const never: never = step;
      return never;
    }
  }
}
