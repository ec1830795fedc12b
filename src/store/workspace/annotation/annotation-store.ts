import type { Activity } from '../../../contract/decision.ts';
import type { Label, LabelFields, LabelKind } from '../../../contract/person-label.ts';
import type { Queue, QueueItem, QueueKind, QueueSettings } from '../../../contract/queue.ts';
import type { Taxonomy } from '../../../contract/taxonomy.ts';

/** Who does something, when, and under which id of the activity log. */
export interface Doing {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: string;
}

/** A label as far as a change of the taxonomy concerns it. */
interface LabelPlace {
  readonly id: string;
  readonly category: string;
}

/** The next taxonomy, and the labels that move with it. */
export interface NextTaxonomy {
  readonly taxonomy: Taxonomy;
  readonly moves: readonly {
    readonly label: string;
    readonly from: string;
    readonly to: string;
  }[];
}

/** One version of a taxonomy, and how it came to be. */
export interface TaxonomyVersion {
  readonly version: number;
  readonly at: number;
  readonly by: string;
  /** A verb: `split`, `merge`, `import`. */
  readonly action: string;
  readonly categories: number;
  readonly ratified: Taxonomy['ratified'];
}

export interface QueueCounts {
  readonly items: number;
  /** Items with all their answers. */
  readonly done: number;
  /** Answers of the person who asks. */
  readonly answered: number;
  readonly deferred: number;
  /** Items that the person can still answer. */
  readonly left: number;
}

/** Items of a queue that one person sees. */
interface ItemsRequest {
  readonly queue: string;
  readonly person: string;
  readonly now: number;
  readonly limit: number;
}

/** A person who takes an item, until when. */
export interface Hold {
  readonly person: string;
  readonly now: number;
  readonly until: number;
}

export interface NewItem extends Pick<QueueItem, 'id' | 'subject' | 'reasons'> {
  readonly at: number;
}

interface NewLabel extends LabelFields {
  readonly kind: LabelKind;
  readonly subject: string;
}

export type AnswerResult =
  | { readonly kind: 'done'; readonly label: Label }
  /** All its answers are given or reserved, this person has answered, or the queue is closed. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'no such category' };

export type AnnotationUndo =
  | { readonly kind: 'done'; readonly activity: Activity }
  | { readonly kind: 'missing' | 'undone already' | 'changed since' };

interface LabelsRequest {
  /** Sees the labels of others on items of blind queues only once these have all their answers. */
  readonly person: string;
  readonly queue?: string;
  readonly item?: string;
  readonly subject?: string;
  readonly category?: string;
  /** Newest first; default all, at most 100,000. */
  readonly limit?: number;
}

/**
 * Taxonomies, queues and labels of projects. Everything that a person does is written to the activity log in the same
 * transaction.
 */
export interface AnnotationStore {
  /** The latest version; null before the first. */
  taxonomy(project: string): Promise<Taxonomy | null>;
  /** Keeps the taxonomy that a project begins with, where it has none. */
  beginTaxonomy(project: string, first: Taxonomy, at: number): Promise<void>;
  taxonomyVersion(project: string, version: number): Promise<Taxonomy | null>;
  /** Newest first, at most 200. */
  taxonomyVersions(project: string): Promise<readonly TaxonomyVersion[]>;
  /** How many labels each category has, at the latest version. */
  labelCounts(project: string): Promise<Readonly<Record<string, number>>>;
  /** Where every label is. */
  labelPlaces(project: string): Promise<readonly LabelPlace[]>;
  /**
   * What `next` makes of the latest version, which there is, is kept with the labels that move. Nobody labels meanwhile. A taxonomy of the
   * same version is that version ratified.
   */
  changeTaxonomy(
    project: string,
    doing: Doing & { readonly action: string },
    next: (now: Taxonomy, labels: readonly LabelPlace[]) => NextTaxonomy,
  ): Promise<NextTaxonomy & { readonly activity: Activity }>;
  /** Takes a change of the taxonomy back, as `next` says. */
  undoTaxonomy(
    project: string,
    doing: Doing & { readonly undoes: string },
    next: (
      before: Taxonomy,
      now: Taxonomy,
      moves: NextTaxonomy['moves'],
      labels: readonly LabelPlace[],
    ) => NextTaxonomy,
  ): Promise<AnnotationUndo>;
  /** Takes back a label, an answer, a settled disagreement or a change of a queue. */
  undo(project: string, doing: Doing & { readonly undoes: string }): Promise<AnnotationUndo>;

  queues(project: string): Promise<readonly Queue[]>;
  queue(project: string, id: string): Promise<Queue | null>;
  addQueue(
    project: string,
    doing: Doing,
    queue: { readonly id: string; readonly kind: QueueKind; readonly settings: QueueSettings },
  ): Promise<Queue>;
  /** Null where there is no such queue. */
  changeQueue(
    project: string,
    doing: Doing,
    id: string,
    change: Partial<QueueSettings>,
  ): Promise<Queue | null>;
  counts(queue: string, person: string, now: number): Promise<QueueCounts>;
  /** Adds what is not in the queue yet. @returns how many were added. */
  addItems(project: string, queue: string, items: readonly NewItem[]): Promise<number>;
  item(project: string, id: string): Promise<QueueItem | null>;
  /** In the order in which `next` gives them to this person; what the person has answered comes last. */
  items(request: ItemsRequest): Promise<readonly QueueItem[]>;
  /** Items with all their answers, oldest first, at most 10,000. */
  doneItems(project: string, queue: string): Promise<readonly QueueItem[]>;
  /** Reserves the next item for a person; null when nothing is left for them. */
  next(queue: string, hold: Hold): Promise<QueueItem | null>;
  /** Reserves an item, or renews its reservation; null where it is taken. */
  hold(project: string, item: string, hold: Hold): Promise<QueueItem | null>;
  /** Gives a reservation back; `isDeferred` puts the item at the end for this person. */
  release(
    project: string,
    item: string,
    given: { readonly person: string; readonly isDeferred: boolean },
  ): Promise<QueueItem | null>;
  /** Answers an item, where an answer of this person is still wanted. */
  answer(
    project: string,
    item: string,
    doing: Doing & { readonly label: string; readonly fields: LabelFields },
  ): Promise<AnswerResult>;
  /** Settles an item that has all its answers, or settles it anew. */
  settle(
    project: string,
    item: string,
    doing: Doing & { readonly label: string; readonly fields: LabelFields },
  ): Promise<AnswerResult>;
  /** Labels a trace or cause outside of queues; a person has one such label of each. */
  label(
    project: string,
    doing: Doing & { readonly label: string; readonly fields: NewLabel },
  ): Promise<AnswerResult>;
  /** Whether a person works on that trace or cause without knowing what others say of it. */
  isBlind(
    project: string,
    subject: string,
    seen: { readonly person: string; readonly now: number },
  ): Promise<boolean>;
  labels(project: string, request: LabelsRequest): Promise<readonly Label[]>;
}
