import * as z from 'zod';
import { importReportSchema } from '../contract/import-report.ts';
import { count, plural } from '../text/format.ts';
import { writeMessage } from './output.ts';
import { pull, pullStateSchema } from './pull.ts';
import { langfuseSource } from './pull-langfuse.ts';
import { langsmithSource } from './pull-langsmith.ts';
import type { ServerAddress } from './server-address.ts';
import { asCulpritError, askForJson } from './server-request.ts';

interface HistoryOptions {
  /** An address; true for that of the environment. */
  readonly langfuse: string | true | undefined;
  readonly langsmith: string | true | undefined;
  readonly since: string | undefined;
}

/** What was read of another tool, and what became of it. */
interface History {
  readonly source: string;
  readonly items: number;
  readonly stored: {
    readonly spans: number;
    readonly logs: number;
    readonly scores: number;
    readonly conversations: number;
  };
  /** What was not understood: problems by code, and fields by format. */
  readonly lost: Readonly<Record<string, number>>;
}

/**
 * Reads the history that a project has in another tool into a server of Culprit, page by page. The server keeps how far it came. Only the
 * address that is named is asked.
 * @throws CulpritError
 */
export async function importHistory(
  { langfuse, langsmith, since }: HistoryOptions,
  address: ServerAddress,
): Promise<History> {
  const onWait = (seconds: number): void =>
    writeMessage(`the API wants to be left alone for ${plural(seconds, 'second')}`);
  const source =
    langfuse === undefined
      ? langsmithSource(langsmith === true ? null : (langsmith ?? null), onWait)
      : langfuseSource(langfuse === true ? null : langfuse, onWait);
  const stored = { spans: 0, logs: 0, scores: 0, conversations: 0 };
  const lost: Record<string, number> = {};

  const store = async (items: readonly object[]): Promise<void> => {
    const answer = await askForJson(address, {
      method: 'POST',
      path: `/imports?${new URLSearchParams({ name: source.name })}`,
      body: bytesOf(items),
    });
    const report = importReportSchema.parse(answer);
    for (const kind of Object.keys(stored) as (keyof typeof stored)[])
      stored[kind] += report.stored[kind];
    for (const { code, count: times } of report.lost.problems)
      lost[code] = (lost[code] ?? 0) + times;
    for (const { format, field, count: times } of report.lost.fields) {
      const name = `${format}: ${field}`;
      lost[name] = (lost[name] ?? 0) + times;
    }
  };

  try {
    const path = `/import-states?${new URLSearchParams({ source: source.name })}`;
    const kept = stateAnswer.parse(await askForJson(address, { path }));
    const { items } = await pull(await source.streams(), kept.state ?? {}, {
      store,
      keep: async (state) => {
        await askForJson(address, {
          method: 'PUT',
          path: '/import-states',
          json: { source: source.name, state },
        });
      },
      since: since === undefined ? null : new Date(since).toISOString(),
      now: Date.now,
    });
    return { source: source.name, items, stored, lost };
  } catch (error) {
    throw asCulpritError(error);
  }
}

const stateAnswer = z.object({ state: pullStateSchema.nullable() });

async function* bytesOf(items: readonly object[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const item of items) yield encoder.encode(`${JSON.stringify(item)}\n`);
}

export function historyLine({ source, items, stored, lost }: History): string {
  const left = Object.entries(lost);
  return [
    `${source}: ${plural(items, 'item')} read`,
    `  stored          ${plural(stored.spans, 'span')}, ${plural(stored.scores, 'score')}`,
    ...(left.length === 0 ? [] : ['  not understood']),
    ...left.map(([name, times]) => `    ${name} ×${count(times)}`),
    '',
  ].join('\n');
}
