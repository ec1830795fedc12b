import type { QueueKind } from '../../contract/queue.ts';
import { decidedAnalysis, decisionsOf } from '../../decide/decide.ts';
import { saysWhy } from '../../detect/ask.ts';
import type { ServerContext } from '../server-context.ts';

/** What is proposed for an item, and what speaks for it. */
interface Proposal {
  /** Id of a detector's category; the taxonomy may have it. */
  readonly category: string;
  readonly statement: string;
  readonly quotes: readonly { readonly place: string; readonly quote: string }[];
}

/** What people see of a trace or a cause before they open it. */
export interface ItemText {
  readonly title: string;
  readonly proposal: Proposal | null;
}

const SHOWN = 200;
const QUOTES = 10;

/** Titles of items, and what is proposed for them. Traces that were deleted have neither. */
export async function itemTexts(
  { store, workspace, analyses }: Pick<ServerContext, 'store' | 'workspace' | 'analyses'>,
  project: string,
  kind: QueueKind,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, ItemText>> {
  if (kind === 'causes') {
    const latest = await analyses.latest(project);
    if (latest === null) return new Map();
    const decisions = decisionsOf(await workspace.decisions(project));
    const { clusters } = decidedAnalysis(latest.report.analysis, decisions, null);
    return new Map(
      clusters
        .filter(({ id }) => subjects.includes(id))
        .map(({ id, title, category }) => [
          id,
          { title, proposal: { category: category ?? '', statement: title, quotes: [] } },
        ]),
    );
  }
  const found = await Promise.all(
    subjects.map(async (subject): Promise<[string, ItemText] | null> => {
      const row = await store.traceOf(project, subject);
      if (row === null) return null;
      const title = (row.input || row.name || subject).slice(0, SHOWN);
      const category = row.signals.find(saysWhy) ?? row.signals[0];
      if (category === undefined) return [subject, { title, proposal: null }];
      const signals = await store.signalsOf(row);
      const quotes = signals
        .filter((each) => each.detector === category && each.verdict === 'yes' && each.quote !== '')
        .slice(0, QUOTES)
        .map(({ path: place, quote }) => ({ place, quote }));
      return [subject, { title, proposal: { category, statement: '', quotes } }];
    }),
  );
  return new Map(found.filter((each) => each !== null));
}
