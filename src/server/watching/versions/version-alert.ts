import { ALERT_VERSION, type Alert } from '../../../contract/alert.ts';
import type { Diff } from '../../../contract/diff.ts';
import type { VersionDimension, Watcher } from '../../../contract/watcher.ts';
import { changesMarkdown, taskList } from '../../../handoff/handoff.ts';
import { statementText } from '../../../text/statement.ts';
import type { VersionCheck } from '../../../watch/watch.ts';
import type { ChangedDefinition } from '../../comparisons/changed-definitions.ts';
import type { ComparisonSides } from '../../comparisons/sides.ts';
import { type AgendaItem, agendaOf, NOTHING_ELSE } from '../../scheduling/agenda.ts';
import { pageUrl } from '../server-links.ts';

/** The named causes that are new or have grown, and not because other traffic came. */
export const grownIn = (diff: Diff): Diff['causes'] =>
  diff.causes.filter(
    ({ isNamed, isMix, state }) => isNamed && !isMix && (state === 'new' || state === 'grown'),
  );

/** What a session about a new version is for: what grew, and what was changed. */
export function versionAgenda(
  diff: Diff,
  definitions: readonly ChangedDefinition[],
  fixed: ReadonlySet<string>,
): readonly AgendaItem[] {
  const grown = agendaOf({
    diff: { ...diff, causes: grownIn(diff) },
    ...{ ...NOTHING_ELSE, causes: [], fixed, decided: new Set() },
  });
  const changed = definitions.slice(0, 20).map(({ kind, name, before, after, added, removed }) => ({
    text: `Read the ${kind} \`${name}\`: ${
      before === null
        ? 'it is new'
        : after === null
          ? 'it is gone'
          : `${before} → ${after}, +${added} −${removed} lines`
    }`.slice(0, 500),
    isDone: false,
  }));
  return [...grown, ...changed];
}

/** The sides of the comparison of a version with the one before. */
export const sidesFor = (
  { of, where }: { readonly of: VersionDimension; readonly where: Watcher['where'] },
  { environment, prompt, value }: Pick<VersionCheck, 'environment' | 'prompt' | 'value'>,
  from: string,
): ComparisonSides => ({
  ...{ by: of, from, to: value },
  ...(environment !== '' && { environment }),
  ...(prompt !== '' && { promptName: prompt }),
  ...(where.tenant !== undefined && { tenant: where.tenant }),
});

interface Told {
  readonly project: string;
  readonly watcher: Watcher;
  readonly sides: ComparisonSides;
  /** Id of the comparison. */
  readonly comparison: string;
  readonly address: string | null;
}

/** A new version brought something. */
export function openedAlert(
  { project, watcher, sides, comparison, address }: Told,
  {
    diff,
    definitions,
  }: { readonly diff: Diff; readonly definitions: readonly ChangedDefinition[] },
  { agenda, at }: { readonly agenda: readonly AgendaItem[]; readonly at: number },
): Alert {
  const { id, name, of, owner } = watcher;
  const grown = grownIn(diff);
  const both = [`${sides.to} after ${sides.from}`, sides.environment].filter(Boolean).join(', ');
  return {
    ...{ alertVersion: ALERT_VERSION, kind: 'opened', at, since: at, project, owner },
    watcher: { id, name, of },
    incident: `${id}-${comparison}`,
    headline: `${both}: ${statementText(diff.headline)}`.slice(0, 500),
    ...{ value: null, usual: null, unexplained: null },
    causes: grown.map((cause) => ({ id: cause.id, title: cause.title, change: null })),
    traces: grown[0]?.after.exemplars.slice(0, 3) ?? [],
    next: `curl ${address ?? 'http://127.0.0.1:7117'}/api/v1/comparisons/${comparison}/json`,
    url: pageUrl(address, project, `/compare?${new URLSearchParams(given(sides))}`),
    digest: [taskList(agenda), changesMarkdown(definitions)].filter(Boolean).join('\n\n'),
  };
}

const given = (sides: ComparisonSides): [string, string][] =>
  Object.entries(sides).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));

/** What it brought is gone again, or has been there for so long that it is how things are. */
export const endedAlert = (
  opened: Alert,
  kind: 'resolved' | 'unresolved',
  at: number,
  why: string,
): Alert => ({ ...opened, kind, at, headline: why.slice(0, 500), digest: null });
