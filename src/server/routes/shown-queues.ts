import {
  type Queue,
  type QueueItem,
  queueSettingsSchema,
  REASON_KINDS,
} from '../../contract/queue.ts';
import { itemTexts } from '../annotation/proposal.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { orNull } from './api-group.ts';

const settings = queueSettingsSchema.unwrap();

export const queue = z
  .object({
    id: z.string(),
    kind: z.enum(['traces', 'causes']),
    name: z.string(),
    annotators: z.number(),
    blind: z.boolean(),
    rules: settings.shape.rules.unwrap(),
    isClosed: z.boolean(),
    created: z.iso.datetime(),
    by: z.string(),
    items: z.number(),
    done: z.number().describe('items with all their answers'),
    answered: z.number().describe('answers of yours'),
    deferred: z.number().describe('items that you put off'),
    left: z.number().describe('items that you can still answer'),
  })
  .openapi('Queue');

export const item = z
  .object({
    id: z.string(),
    queue: z.string(),
    kind: z.enum(['traces', 'causes']),
    subject: z.string().describe('id of the trace or the cause'),
    title: z.string(),
    points: z.number().nullable().describe('null where the queue is blind and the item not done'),
    reasons: z
      .array(
        z.object({
          kind: z.enum(REASON_KINDS),
          name: z.string(),
          points: z.number(),
        }),
      )
      .describe('why it is here; empty where they are hidden'),
    proposal: orNull(
      z.object({
        category: z.string(),
        statement: z.string(),
        quotes: z.array(z.object({ place: z.string(), quote: z.string() })),
      }),
    ).describe('null where there is none, or where it is hidden'),
    isBlind: z.boolean().describe('whether proposal, verdict and what others said are hidden'),
    wanted: z.number(),
    answers: z.number(),
    isAnswered: z.boolean().describe('by you'),
    isDeferred: z.boolean().describe('by you'),
    isSettled: z.boolean(),
    until: orNull(z.iso.datetime()).describe('end of your reservation'),
  })
  .openapi('QueueItem');

interface FoundItem {
  readonly item: QueueItem;
  readonly queue: Queue;
}

/** Queues and items as one person may see them. */
interface ShownQueues {
  queueOf(project: string, id: string): Promise<Queue>;
  itemOf(project: string, id: string): Promise<FoundItem>;
  shownQueue(found: Queue, person: string): Promise<z.infer<typeof queue>>;
  shownItem(
    project: string,
    found: Queue,
    one: QueueItem | null,
    person: string,
  ): Promise<z.infer<typeof item> | null>;
  shownItems(
    project: string,
    found: Queue,
    all: readonly QueueItem[],
    person: string,
  ): Promise<z.infer<typeof item>[]>;
}

export function shownQueues(context: ServerContext): ShownQueues {
  const { workspace, clock } = context;
  return { queueOf, itemOf, shownQueue, shownItem, shownItems };

  async function queueOf(project: string, id: string): Promise<Queue> {
    const found = await workspace.annotation.queue(project, id);
    if (found === null) throw noQueue(project, id);
    return found;
  }

  async function itemOf(
    project: string,
    id: string,
  ): Promise<{ readonly item: QueueItem; readonly queue: Queue }> {
    const found = await workspace.annotation.item(project, id);
    const of = found === null ? null : await workspace.annotation.queue(project, found.queue);
    if (found === null || of === null)
      throw new RequestError({
        status: 404,
        code: 'no_such_item',
        detail: `the queues of the project ${project} have no item ${id}`,
      });
    return { item: found, queue: of };
  }

  async function shownQueue(found: Queue, person: string) {
    const { created, rules, ...rest } = found;
    return {
      ...rest,
      rules: [...rules],
      created: new Date(created).toISOString(),
      ...(await workspace.annotation.counts(found.id, person, clock())),
    };
  }

  async function shownItem(project: string, found: Queue, one: QueueItem | null, person: string) {
    if (one === null) return null;
    return (await shownItems(project, found, [one], person))[0] ?? null;
  }

  /** What a person may see: of a blind queue, no reason, proposal or verdict until an item has all its answers. */
  async function shownItems(
    project: string,
    { kind, blind }: Queue,
    all: readonly QueueItem[],
    person: string,
  ): Promise<z.infer<typeof item>[]> {
    const subjects = all.map(({ subject }) => subject);
    const texts = await itemTexts(context, project, kind, subjects);
    const now = clock();
    return all.map((each) => {
      const { answered, holders, deferred, settled, subject, reasons, points, ...rest } = each;
      const isBlind = blind && answered.length < each.wanted && settled === null;
      const until = holders[person] ?? 0;
      const text = texts.get(subject);
      return {
        ...{ ...rest, kind, subject, isBlind },
        title: text?.title ?? subject,
        points: isBlind ? null : points,
        reasons: isBlind ? [] : [...reasons],
        proposal:
          isBlind || text?.proposal == null
            ? null
            : { ...text.proposal, quotes: [...text.proposal.quotes] },
        answers: answered.length,
        isAnswered: answered.includes(person),
        isDeferred: deferred.includes(person),
        isSettled: settled !== null,
        until: until > now ? new Date(until).toISOString() : null,
      };
    });
  }
}

export const invalid = (detail: string): RequestError =>
  new RequestError({ status: 400, code: 'invalid_input', detail });

export const noQueue = (project: string, id: string): RequestError =>
  new RequestError({
    status: 404,
    code: 'no_such_queue',
    detail: `the project ${project} has no queue ${id}`,
  });
