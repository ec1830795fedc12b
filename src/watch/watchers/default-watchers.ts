import type { VersionDimension, Watched, Watcher } from '../../contract/watcher.ts';
import { fnv1a } from '../../text/hash.ts';
import { nameId } from '../../text/name-id.ts';

/** So many causes are watched without being asked to: the first of the ranked list. */
const WATCHED_CAUSES = 5;

/** What a project is watched for unless people say otherwise. */
export interface WatchedProject {
  /** Names of its scores. */
  readonly scores: readonly string[];
  /** Its causes, the first of the ranked list first. */
  readonly causes: readonly { readonly id: string; readonly title: string }[];
  /** Where alerts go: every channel that the operator configured. */
  readonly channels: readonly string[];
}

/** One watcher for each score, each of the top causes, novelty, cost, latency, traffic, failures, new versions and the sources themselves. */
export function defaultWatchers({ scores, causes, channels }: WatchedProject): readonly Watcher[] {
  const watcher = (id: string, name: string, of: Watched): Watcher => ({
    ...{ id, name: name.slice(0, LONGEST_NAME), of, where: {}, owner: '', channels },
    isPaused: false,
  });
  return [
    watcher('failures', 'Failures', { kind: 'failures' }),
    watcher('novelty', 'Failures of no known cause', { kind: 'novelty' }),
    watcher('cost', 'Cost', { kind: 'cost' }),
    watcher('latency', 'Latency', { kind: 'latency' }),
    watcher('traffic', 'Traffic', { kind: 'traffic' }),
    watcher('sources', 'Applications that send', { kind: 'sources' }),
    watcher('prompt-versions', 'New prompt versions', versions('promptVersion')),
    watcher('releases', 'New releases', versions('release')),
    ...scores.map((score) =>
      watcher(`score-${idOf(score)}`, `Score ${score}`, { kind: 'score', score }),
    ),
    ...causes
      .slice(0, WATCHED_CAUSES)
      .map(({ id, title }) =>
        watcher(`cause-${idOf(id)}`, title || id, { kind: 'cause', cause: id }),
      ),
  ];
}

const versions = (by: VersionDimension): Watched => ({ kind: 'versions', by, floor: 100 });

const LONGEST_NAME = 120;

/** Names in other alphabets have ids of their own, too: the same ones each time. */
const idOf = (name: string): string => nameId(name, { or: fnv1a(name).toString(36) });
