import type { OnProblem } from '../record.ts';

/** Reports spans without valid ids; when none has any, names the likely cause. */
export function badSpans(bad: number, spans: number, onProblem: OnProblem): void {
  if (bad === 0) return;
  onProblem(
    'bad_span',
    bad === spans
      ? `no span has valid ids (${spans} of ${spans}); logs sent as traces look like this`
      : `${bad} of ${spans} spans have no valid trace id and span id and were left out`,
  );
}
