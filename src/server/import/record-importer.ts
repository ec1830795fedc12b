import { setTimeout as sleep } from 'node:timers/promises';
import type { CollectedRecord, RawConversation, RawRecord } from '../../collect/collect.ts';
import { aboutOf } from '../../collect/receive.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { ImportReport } from '../../contract/import-report.ts';
import type { Redactor } from '../../redact/redact.ts';
import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { Ingest } from '../ingest/ingest.ts';
import type { OpenTraces } from '../ingest/open-traces.ts';
import { redactedRecord } from '../ingest/redacted-record.ts';

/** Puts records of files where those of requests go. */
export interface RecordImporter {
  /** Resolves when they are on disk. Waits while the store is busy. */
  readonly add: (batch: readonly CollectedRecord[]) => Promise<void>;
  /** Finishes the traces of all that was added. */
  readonly end: () => Promise<void>;
  readonly counts: () => Pick<ImportReport, 'stored' | 'repeated' | 'ignoredLogs'>;
}

export interface ImporterDeps {
  readonly ingest: Pick<Ingest, 'accept'>;
  readonly open: Pick<OpenTraces, 'complete'>;
  readonly store: Pick<TelemetryStore, 'storedAmong' | 'conversationsOf'>;
  /** Assembles and judges what is complete. */
  readonly finish: () => Promise<void>;
}

export interface ImportedProject {
  readonly project: string;
  readonly redact: Redactor;
  readonly keepDays: number;
}

/** Records in one step. */
const STEP = 2_000;
/** A trace of which nothing came among so many records is complete. */
const QUIET_RECORDS = 20_000;
const BUSY_MS = 500;

export function recordImporter(
  { project, redact, keepDays }: ImportedProject,
  { ingest, open, store, finish }: ImporterDeps,
): RecordImporter {
  const stored = { spans: 0, logs: 0, scores: 0, conversations: 0 };
  let [repeated, ignoredLogs] = [0, 0];
  /** Number of the last record of each trace, quiet longest first. */
  const recent = new Map<string, number>();
  let taken = 0;

  const accept = async (
    records: readonly CollectedRecord[],
    known: ReadonlySet<string>,
  ): Promise<void> => {
    const [first] = records;
    if (first === undefined) return;
    const arrival = {
      ...{ project, redact, keepDays, stored: known },
      format: first.origin.format,
      records: records.map(({ record }) => ({ record, isPart: false })),
    };
    for (;;) {
      try {
        const { spans, logs, scores, conversations, ...rest } = await ingest.accept(arrival);
        stored.spans += spans;
        stored.logs += logs;
        stored.scores += scores;
        stored.conversations += conversations;
        ignoredLogs += rest.ignoredLogs;
        return;
      } catch (error) {
        if (!(error instanceof CulpritError && error.code === 'store_busy')) throw error;
        await sleep(BUSY_MS);
      }
    }
  };

  /** Runs that are named after their place in a file: another file of that name may have stored others under these names. */
  const settled = async (
    records: readonly CollectedRecord[],
    known: ReadonlySet<string>,
  ): Promise<readonly CollectedRecord[]> => {
    const placed = records.flatMap(({ record, origin }) =>
      record.kind === 'conversation' && isPlace(record.conversation, origin.file)
        ? [record.conversation.id ?? ''].filter((id) => known.has(id))
        : [],
    );
    if (placed.length === 0) return records;
    let before = await store.conversationsOf(project, placed);
    const kept: CollectedRecord[] = [];
    let waiting = records;
    for (let nth = 2; waiting.length > 0; nth++) {
      const again: CollectedRecord[] = [];
      for (const each of waiting) {
        const other = conversationAmong(each.record, before);
        if (other === null) kept.push(each);
        else if (isSame(each.record, other, redact)) repeated++;
        else again.push(renamed(each, nth));
      }
      waiting = again;
      before = await store.conversationsOf(project, again.map(idIn));
    }
    return kept;
  };

  const completeQuiet = async (most: number): Promise<void> => {
    let isAny = false;
    for (const [traceId, last] of recent) {
      if (taken - last < most) break;
      recent.delete(traceId);
      open.complete(project, traceId);
      isAny = true;
    }
    if (isAny) await finish();
  };

  return {
    async add(batch) {
      for (let at = 0; at < batch.length; at += STEP) {
        const given = batch.slice(at, at + STEP);
        const ids = [...new Set(given.map(idIn))].filter((id) => id !== '' && !recent.has(id));
        const known = ids.length === 0 ? new Set<string>() : await store.storedAmong(project, ids);
        const records = await settled(given, known);
        for (const each of records) {
          taken++;
          const id = idIn(each);
          if (id === '') continue;
          recent.delete(id);
          recent.set(id, taken);
        }
        for (const run of byFormat(records)) await accept(run, known);
        await completeQuiet(QUIET_RECORDS);
      }
    },
    end: () => completeQuiet(0),
    counts: () => ({ stored: { ...stored }, repeated, ignoredLogs }),
  };
}

function idIn({ record }: CollectedRecord): string {
  switch (record.kind) {
    case 'span':
      return record.span.traceId;
    case 'log': {
      const about = aboutOf(record.log);
      return about !== null && 'traceId' in about ? about.traceId : '';
    }
    case 'score':
      return record.score.traceId ?? '';
    case 'conversation':
      return record.conversation.id ?? '';
  }
}

/** Neighbors of one format, in order. */
function byFormat(records: readonly CollectedRecord[]): readonly (readonly CollectedRecord[])[] {
  const runs: CollectedRecord[][] = [];
  for (const each of records) {
    const run = runs.at(-1);
    if (run?.[0]?.origin.format === each.origin.format) run.push(each);
    else runs.push([each]);
  }
  return runs;
}

const isPlace = ({ id }: RawConversation, file: string): boolean =>
  id?.startsWith(`${file}:`) ?? false;

function conversationAmong(
  record: RawRecord,
  before: ReadonlyMap<string, RawConversation>,
): RawConversation | null {
  return record.kind === 'conversation' ? (before.get(record.conversation.id ?? '') ?? null) : null;
}

/** Whether a record is, once redacted, what is stored. */
function isSame(record: RawRecord, known: RawConversation, redact: Redactor): boolean {
  const clean = redactedRecord(record, redact);
  return clean.kind === 'conversation' && contentOf(clean.conversation) === contentOf(known);
}

const contentOf = ({ id: _, calls, ...rest }: RawConversation): string =>
  JSON.stringify([rest, calls === undefined ? null : [...calls]]);

function renamed({ record, origin }: CollectedRecord, nth: number): CollectedRecord {
  if (record.kind !== 'conversation') return { record, origin };
  const { conversation } = record;
  const id = `${conversation.id?.replace(/#\d+$/, '')}#${nth}`;
  return { record: { kind: 'conversation', conversation: { ...conversation, id } }, origin };
}
