import type { Dimension } from '../../../contract/dimension.ts';
import type { Facet } from '../../../contract/traffic.ts';
import { count, percent, plural } from '../../../text/format.ts';
import { coverage, failingShares, fixFirst, groupCoverage } from '../../../text/headline.ts';
import { statementText } from '../../../text/statement.ts';
import { tracesIn } from './facets.ts';
import type { ReportModel } from './report-model.ts';
import { isNarrow, picksFailures, type Scope } from './scope.ts';
import type { Scoped, ScopedCause } from './scoped.ts';

/** The first lines of Home. Sentences have no final period; names are in backticks. */
export interface Lead {
  /** The whole first line. */
  readonly title: string;
  /** Parts of the first line: what it is about, the cause, and its counts. */
  readonly label: string;
  readonly claim: string;
  readonly counts: string;
  /** The cause that the first line names; null for none. */
  readonly first: ScopedCause | null;
  /** What a fix would remove, and how sure the rank is. */
  readonly worth: string | null;
  readonly change: string | null;
  readonly rates: string | null;
  readonly coverage: string;
}

export function leadOf(model: ReportModel, scoped: Scoped, scope: Scope): Lead {
  const { headline, options } = model.analysis;
  const narrow = isNarrow(scope);
  const base = {
    ...(options.all ? { change: null, rates: null } : changeOf(model, scope, narrow)),
    coverage: options.all
      ? groupsCovered(model, scoped)
      : narrow
        ? coverageOf(model, scoped, scope)
        : statementText(headline.coverage),
  };
  if (options.all) return { ...base, ...groupsLead(scoped) };
  const [first] = scoped.ranked;
  if (first === undefined || first.members.length === 0)
    return { ...base, ...plainLead(model, scoped, narrow) };
  const text = statementText(
    fixFirst({
      title: first.cluster.title,
      failures: first.population,
      failed: narrow ? scoped.failures : failedOf(model),
      interval: first.shareInterval,
    }),
  );
  const [label = '', counts = ''] = text.split(first.cluster.title);
  return {
    ...base,
    title: text,
    label: label.trim(),
    claim: first.cluster.title,
    counts: counts.trim(),
    first,
    worth: worthOf(first, narrow),
  };
}

const EMPTY = { label: '', counts: '', first: null, worth: null };

function plainLead(
  model: ReportModel,
  scoped: Scoped,
  narrow: boolean,
): Omit<Lead, 'change' | 'rates' | 'coverage'> {
  const title = plainTitle(model, scoped, narrow);
  return { ...EMPTY, title, claim: title };
}

function plainTitle(model: ReportModel, scoped: Scoped, narrow: boolean): string {
  const failed = failedOf(model);
  if (narrow && scoped.sampled === 0) {
    if (scoped.traces !== null && scoped.traces > 0)
      return `Nothing matches in ${plural(scoped.traces, 'trace')}`;
    return 'Nothing matches';
  }
  if (failed === 0) return `Nothing fails in ${plural(tracesOf(model), 'trace')}`;
  if (model.placed === 0 && stageCount(model, 'embedded') === 0)
    return `${plural(failed, 'failure')} could not be compared`;
  if (scoped.unexplained.length > 0)
    return `${plural(narrow ? scoped.failures : failed, 'failure')}, and no cause is certain enough to come first`;
  return `${plural(narrow ? scoped.failures : failed, 'failure')}, no two alike enough to name a cause`;
}

function groupsLead(scoped: Scoped): Omit<Lead, 'change' | 'rates' | 'coverage'> {
  const groups = [...scoped.ranked, ...scoped.unexplained].filter(
    ({ members }) => members.length > 0,
  );
  const [most] = groups.toSorted((a, b) => (b.failedShare ?? 0) - (a.failedShare ?? 0));
  const whole = `${plural(scoped.failures, 'trace')} in ${plural(groups.length, 'group')}`;
  if (groups.length === 0) {
    const title = `${plural(scoped.failures, 'trace')}, no two alike enough for a group`;
    return { ...EMPTY, title, claim: title };
  }
  const share = most?.failedShare ?? 0;
  const worth =
    most === undefined || share === 0
      ? 'None of them failed'
      : `${percent(share)} of the traces of “${most.cluster.title.replaceAll('`', '')}” failed, most of all groups`;
  return { ...EMPTY, title: whole, claim: whole, worth };
}

function worthOf(
  { share, shareInterval, cluster, topThree }: ScopedCause,
  narrow: boolean,
): string {
  const removed = `A fix would remove up to ${percent(share)} of ${narrow ? 'these' : 'all'} failures`;
  const severity = `severity ${cluster.severity} of 5`;
  const sure =
    topThree === null
      ? ''
      : topThree >= 0.995
        ? ', certain to be in the top three'
        : `, ${percent(topThree)} sure to be in the top three`;
  return shareInterval[1] === 0 ? severity : `${removed}; ${severity}${sure}`;
}

/** The dimension whose last two versions the headline compares. */
export function versionFacet({ analysis }: Pick<ReportModel, 'analysis'>): Facet | undefined {
  return analysis.traffic.facets.find(
    ({ dimension, changes }) => dimension !== 'tenant' && changes.length > 0,
  );
}

function changeOf(
  model: ReportModel,
  scope: Scope,
  narrow: boolean,
): Pick<Lead, 'change' | 'rates'> {
  const { change, rates, tenants } = model.analysis.headline;
  if (!narrow) {
    const isCompared = change !== null || rates !== null;
    const more = [rates, isCompared ? tenants : null].flatMap((each) =>
      each === null ? [] : [statementText(each)],
    );
    return {
      change: change === null ? null : statementText(change),
      rates: more.length === 0 ? null : more.join('; '),
    };
  }
  const facet = versionFacet(model);
  const last = facet?.changes.at(-1);
  if (facet === undefined || last === undefined || picksFailures(scope))
    return { change: null, rates: null };
  if (scope[facet.dimension] !== null)
    return { change: 'nothing to compare, one version is chosen', rates: null };
  const share = (version: string): { value: string; share: number } => ({
    value: version,
    share: failingShare(model, scope, facet.dimension, version),
  });
  return {
    change: null,
    rates: statementText(failingShares(share(last.to), share(last.from))),
  };
}

function failingShare(
  model: ReportModel,
  scope: Scope,
  dimension: Dimension,
  version: string,
): number {
  const { population } = model;
  const there = { ...scope, [dimension]: version };
  const traces = tracesIn(model, there);
  if (traces === null || traces === 0) return Number.NaN;
  const failed = tracesIn(
    { ...model, population: { ...population, traces: population.failed } },
    there,
  );
  return (failed ?? 0) / traces;
}

function coverageOf(model: ReportModel, scoped: Scoped, scope: Scope): string {
  const known = scoped.ranked.reduce((sum, { members }) => sum + members.length, 0);
  if (scoped.traces === null || picksFailures(scope))
    return `${count(scoped.failures)} of ${count(failedOf(model))} failures are shown; ${count(known)} have a known cause, ${count(scoped.sampled - known)} do not`;
  return statementText(
    coverage({
      traces: scoped.traces,
      failed: scoped.failures,
      sampled: scoped.sampled,
      known,
    }),
  );
}

const groupsCovered = (model: ReportModel, scoped: Scoped): string =>
  statementText(
    groupCoverage({
      traces: scoped.traces ?? tracesOf(model),
      sampled: scoped.sampled,
      grouped: scoped.sampled - scoped.alone.length,
    }),
  );

export const failedOf = ({ analysis }: Pick<ReportModel, 'analysis'>): number =>
  analysis.failedCount;

const tracesOf = (model: ReportModel): number => stageCount(model, 'eligible') ?? 0;

function stageCount({ analysis }: Pick<ReportModel, 'analysis'>, name: string): number | null {
  return analysis.funnel.find((stage) => stage.name === name)?.count ?? null;
}
