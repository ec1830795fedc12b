import type { Alert } from '../../contract/alert.ts';
import type { Watched } from '../../contract/watcher.ts';
import { watchedText } from '../../text/watched-text.ts';
import type { Incident } from './advance.ts';

/** What happened, in a sentence. */
export function alertHeadline(
  kind: Alert['kind'],
  of: Watched,
  name: string,
  { why, value, usual }: Pick<Incident, 'why' | 'value' | 'usual'>,
): string {
  if (kind === 'opened' && why !== 'level')
    return why === 'stopped'
      ? `${what(of)}: no values come any more`
      : `${what(of)}: every value of the last day is ${watchedText(of.kind, value)}`;
  const seen = sentence(of, name, watchedText(of.kind, value));
  const before = watchedText(of.kind, usual);
  if (kind === 'resolved') return `${seen} again, as usual (${before})`;
  if (kind === 'unresolved') return `${seen}, and has for three days: this counts as usual now`;
  return `${seen}, usually ${before}`;
}

const what = (of: Watched): string =>
  of.kind === 'score' ? `Score ${of.score}` : of.kind === 'cost' ? 'Cost' : 'Latency';

function sentence(of: Watched, name: string, value: string): string {
  switch (of.kind) {
    case 'failures':
      return `${value} of the traces fail`;
    case 'cause':
      return `${value} of the traces fail by “${name}”`;
    case 'novelty':
      return `${value} of the failures fit no known cause`;
    case 'cost':
      return `A trace costs ${value}`;
    case 'latency':
      return `A trace takes ${value}`;
    case 'traffic':
      return `${value} traces came in an hour`;
    case 'score':
      return `The mean of ${of.score} is ${value}`;
    case 'sources':
    case 'versions':
      return name;
    default: {
      const never: never = of;
      return never;
    }
  }
}
