import { plural } from '../../../text/format.ts';
import { isRecord } from '../../../text/json.ts';

/** What an action set a value to; null took it back. */
interface Setting {
  readonly kind: string;
  readonly field: string;
  readonly value?: unknown;
}

/** What an action did, in a few words: `Severity 4`, `3 traces moved`. */
export function activityText(action: string, changes: readonly Setting[]): string {
  const [first] = changes;
  if (first === undefined) return action;
  if (first.kind === 'taxonomy') return `Taxonomy: ${action}`;
  switch (action) {
    case 'answer':
      return 'Answered an item';
    case 'settle':
      return 'Settled a disagreement';
    case 'label':
      return 'Labeled';
    case 'queue':
      return 'Queue changed';
    case 'merge':
      return 'Merged';
    case 'unmerge':
      return 'Separated for good';
    case 'split':
      return `Split off ${plural(placed(changes), 'trace')}`;
    case 'move':
      return `Moved ${plural(changes.length, 'trace')}`;
    case 'exclude':
      return `Excluded ${plural(changes.length, 'trace')}`;
    case 'accept':
      return 'Accepted';
    case 'reject':
      return first.kind === 'proposal' ? 'Rejected a proposal' : 'Rejected';
    case 'divide':
      return 'Split by a proposal';
    case 'edit':
      return 'Edited';
    case 'promote':
      return `Promoted to ${fileOf(first.value)}`;
    case 'suggest':
      return 'Proposed by an agent';
    case 'dismiss':
      return 'Dismissed what an agent proposed';
    case 'fixed':
      return 'Fixed';
    case 'reopen':
      return 'Reopened: it came back';
    case 'formula':
      return 'Formula changed';
    default:
      return `${FIELDS[first.field] ?? sentenceCase(first.field)} ${shownValue(first)}`;
  }
}

const fileOf = (value: unknown): string =>
  isRecord(value) && typeof value['file'] === 'string' ? value['file'] : 'a suite';

const placed = (changes: readonly Setting[]): number =>
  changes.filter(({ kind }) => kind === 'trace').length;

const FIELDS: Readonly<Record<string, string>> = {
  fixCost: 'Fix cost',
  state: 'State:',
  layer: 'Layer:',
  owner: 'Owner:',
  tracker: 'Tracker:',
  note: 'Note',
};

function shownValue({ field, value }: Setting): string {
  if (value === null || value === undefined) return 'removed';
  if (field === 'note') return 'saved';
  return String(value).slice(0, 60);
}

const sentenceCase = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
