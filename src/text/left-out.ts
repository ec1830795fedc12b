import type { History } from '../contract/eval-report.ts';
import { plural } from './format.ts';

/** Which runs a history leaves out, and why; '' for none. No capital, no period. */
export function leftOutText({ aa, incomplete, undecided }: History['leftOut']): string {
  const parts = [
    ...(aa > 0 ? [`${plural(aa, 'run')} of a target against itself (--aa)`] : []),
    ...(incomplete > 0
      ? [plural(incomplete, 'run without a result', 'runs without a result')]
      : []),
    ...(undecided > 0
      ? [plural(undecided, 'run that decided no guard', 'runs that decided no guard')]
      : []),
  ];
  return parts.length === 0 ? '' : `left out: ${parts.join(', ')}`;
}
