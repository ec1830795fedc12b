import { statementText } from '../../../text/statement.ts';
import type { ReportModel } from './report-model.ts';
import type { ScopedCause } from './scoped.ts';

/** What failures without a known cause share: their own title, or, where that says only that nothing is known, how they were noticed. */
export function unexplainedTitle(
  model: Pick<ReportModel, 'failures'>,
  { cluster, members }: Pick<ScopedCause, 'cluster' | 'members'>,
): string {
  if (cluster.leftover === null) return cluster.title;
  const sentences = new Map<string, number>();
  for (const i of members) {
    const signal = model.failures[i]?.signals[0];
    if (signal === undefined) continue;
    const sentence = statementText(signal.statement);
    sentences.set(sentence, (sentences.get(sentence) ?? 0) + 1);
  }
  const [most] = [...sentences].sort((a, b) => b[1] - a[1]);
  return most !== undefined && most[1] >= HOLDS * members.length ? most[0] : cluster.title;
}

/** A title holds for nine of ten members. */
const HOLDS = 0.9;
