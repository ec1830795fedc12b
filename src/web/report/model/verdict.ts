import type { Analysis } from '../../../contract/analysis.ts';
import type { FunnelStage } from '../../../contract/funnel.ts';
import { count, percent, plural } from '../../../text/format.ts';

export interface Verdict {
  /** The main finding in one sentence, without the final period. */
  readonly headline: string;
  /** The data behind it. */
  readonly detail: string;
}

const FEW = 5;
const TOP = 3;

export function verdictOf(analysis: Analysis): Verdict {
  const failed = stageCount(analysis, 'failed') ?? analysis.failures.length;
  return { headline: headlineOf(analysis, failed), detail: detailOf(analysis) };
}

function stageCount(analysis: Analysis, name: FunnelStage['name']): number | null {
  return analysis.funnel.find((stage) => stage.name === name)?.count ?? null;
}

function headlineOf(analysis: Analysis, failed: number): string {
  const clusters = analysis.clusters.filter(({ leftover }) => leftover === null);
  const noun = analysis.options.all ? 'trace' : 'failure';
  if (failed === 0 && analysis.failures.length === 0) return 'No failure found';
  if (stageCount(analysis, 'embedded') === 0) {
    return `${plural(failed, noun)} could not be embedded`;
  }
  if (clusters.length === 0) return `${plural(failed, noun)}, no recurring cause`;
  const few = clusters.length <= FEW;
  const counted = few ? clusters : clusters.slice(0, TOP);
  const explained = counted.reduce((sum, cluster) => sum + cluster.share, 0);
  const whole = plural(failed, noun);
  const share = percent(Math.min(1, explained));
  if (clusters.length === 1) return `One cause explains ${share} of ${whole}`;
  return few
    ? `${clusters.length} causes explain ${share} of ${whole}`
    : `The first ${TOP} of ${count(clusters.length)} causes explain ${share} of ${whole}`;
}

function detailOf(analysis: Analysis): string {
  const received = stageCount(analysis, 'received');
  const sampled = stageCount(analysis, 'sampled') ?? analysis.failures.length;
  const failed = stageCount(analysis, 'failed') ?? sampled;
  const parts: string[] = [];
  if (received !== null) {
    parts.push(`${plural(received, 'trace')} in ${plural(analysis.files.length, 'file')}`);
  }
  if (sampled < failed) parts.push(`${count(sampled)} failures sampled, shares estimated for all`);
  const { count: suspects } = analysis.suspects;
  if (suspects > 0) parts.push(`${plural(suspects, 'suspect')} not counted as failed`);
  return parts.join(', ');
}
