import type { AttemptRecord } from '../contract/eval-run.ts';
import { count, plural } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import type { EvalResult } from '../verify/verify.ts';

/** How recorded tool results were used, in one line; null where tools were live. */
export function replayNote({ attempts }: EvalResult): string | null {
  const replays = attempts.flatMap(({ replay }) => replay ?? []);
  if (replays.length === 0) return null;
  const sum = (of: (each: (typeof replays)[number]) => number): number =>
    replays.reduce((total, each) => total + of(each), 0);
  const unused = sum((each) => each.unused);
  const different = sum((each) => each.different);
  const diverged = replays.filter(({ divergedAt }) => divergedAt !== null).length;
  return [
    `${plural(replays.length, 'attempt')} got recorded tool results`,
    ...(different === 0 ? [] : [`${plural(different, 'call')} with other arguments`]),
    ...(unused === 0 ? [] : [`${plural(unused, 'result')} not asked for`]),
    ...(diverged === 0 ? [] : [`${count(diverged)} ended at a call that was not recorded`]),
  ].join(', ');
}

/** Which attempts ran live although their case has recorded results to replay; null where none did. */
export function liveNote({ attempts, suites }: EvalResult, isReplayed: boolean): string | null {
  if (!isReplayed) return null;
  const recorded = new Set(
    suites.flatMap(({ suite, payload }) =>
      suite.cases
        .filter(({ hash }) => (payload.cases.get(hash)?.toolResults.length ?? 0) > 0)
        .map(({ id }) => `${suite.cause.id} ${id}`),
    ),
  );
  const live = attempts.filter(
    ({ isLive, status, cause, case: id }) =>
      isLive && status === 'completed' && recorded.has(`${cause} ${id}`),
  );
  return live.length === 0
    ? null
    : `${plural(live.length, 'attempt')} ran live: the target asked for no recorded result`;
}

/** What provisional checks say of a cause, one line each: shown, deciding nothing. */
export function provisionalNotes({ attempts }: EvalResult, cause: string): readonly string[] {
  const made = attempts.filter((each) => each.arm === 'candidate' && each.cause === cause);
  const checks = made.flatMap((each) => each.checks.filter(({ provisional }) => provisional));
  const byCheck = Map.groupBy(checks, ({ check }) => check);
  return [...byCheck].map(([check, records]) => {
    const of = (verdict: AttemptRecord['checks'][number]['verdict']) =>
      records.filter((each) => each.verdict === verdict);
    const unknown = of('cannot_tell');
    const why = (of('fail')[0] ?? unknown[0])?.reason;
    const parts = [
      `${count(of('pass').length)} pass`,
      `${count(of('fail').length)} fail`,
      ...(unknown.length === 0 ? [] : [`${count(unknown.length)} cannot be told`]),
    ];
    return plain(
      `${check}, provisional and deciding nothing: ${parts.join(', ')}${why === undefined ? '' : ` (${why})`}`,
    );
  });
}
