import type { AttemptRecord, RunHeader } from '../contract/eval-run.ts';
import type { CauseJudgment, JudgedCase, RoleCount, RunVerdict } from '../contract/verdict.ts';
import { count, dollars, percent, plural } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import {
  attemptKey,
  type EvalResult,
  type FalseAlarms,
  nextStep,
  reasonOf,
} from '../verify/verify.ts';
import { liveNote, provisionalNotes, replayNote } from './eval-notes.ts';
import { style } from './style.ts';

export interface ShownEval {
  readonly result: EvalResult;
  readonly header: RunHeader;
  /** The record of the run. */
  readonly file: string;
  /** Whether the run has spent a slice. */
  readonly spent: boolean;
  /** Where the suites are, as it was given. */
  readonly path: string;
  /** The HTML report; null where none was written. */
  readonly report: string | null;
}

/** What `--json` prints. */
export const evalRecord = (shown: ShownEval): object => {
  const { result, header, file } = shown;
  return {
    run: header.id,
    file,
    target: header.target,
    baseline: header.baseline,
    suites: header.suites,
    judgment: result.judgment,
    falseAlarms: result.falseAlarms,
    stopped: result.stopped,
    used: result.spent,
    maybeChargedTwice: chargedTwice(result).map(attemptKey),
    next: nextOf(shown),
  };
};

/** The verdict in one sentence, then each cause, then what was made of it and what to do. */
export function evalLines(shown: ShownEval): string {
  const { result, header, file, spent } = shown;
  const { verdict, sentence, integrity, causes } = result.judgment;
  const { planned, attempted, completed, judged, errors } = integrity;
  const { tokens, dollars: cost } = result.spent;
  const twice = chargedTwice(result);
  const titles = new Map(result.suites.map(({ suite }) => [suite.cause.id, suite.cause.title]));
  const replay = replayNote(result);
  const live = liveNote(result, (header.toolResults ?? 'live') !== 'live');
  const lines = [
    '',
    ...(result.falseAlarms === null
      ? [`${style(['bold', COLORS[verdict]], WORDS[verdict])}  ${plain(sentence)}`]
      : [alarmLine(result.falseAlarms)]),
    ...causes.flatMap((each) => ['', ...causeLines(each, titles.get(each.cause) ?? '', shown)]),
    '',
    row(
      'attempts',
      `${planned} planned, ${attempted} made, ${completed} answered, ${judged} judged`,
    ),
    ...errors.map(({ code, cases }) =>
      row(
        'error',
        style('red', plain(`${code} in ${plural(cases, 'case')}${messageOf(result, code)}`)),
      ),
    ),
    ...(result.stopped === null ? [] : [row('stopped', style('yellow', result.stopped))]),
    ...(tokens > 0 ? [row('tokens', `${Math.round(tokens)}`)] : []),
    ...(cost > 0 ? [row('cost', dollars(cost))] : []),
    ...(replay === null ? [] : [row('replay', replay)]),
    ...(live === null ? [] : [row('note', style('yellow', live))]),
    ...(twice.length > 0
      ? [
          row(
            'note',
            `may have been charged twice: ${twice.slice(0, 5).map(attemptWords).join('; ')}${twice.length > 5 ? ` and ${twice.length - 5} more` : ''}`,
          ),
        ]
      : []),
    ...header.suites
      .filter(({ reused }) => reused.length > 0)
      .map(({ file: suite, reused }) =>
        row(
          'note',
          style(
            'yellow',
            `the slice of ${suite} was used again (${plural(reused.length, 'case')}): no fresh proof`,
          ),
        ),
      ),
    ...(spent ? [row('slice', 'spent by this run: the suites say so')] : []),
    row('record', style('cyan', plain(file))),
    ...(shown.report === null ? [] : [row('report', style('cyan', plain(shown.report)))]),
    row('next', nextOf(shown)),
    '',
  ];
  return lines.join('\n');
}

const alarmLine = ({ trials, rate, interval: [low, high] }: FalseAlarms): string =>
  `${style('bold', 'false alarms')}  the target against itself: of ${count(trials)} runs dealt at random from its attempts, ${percent(rate)} (${percent(low)} to ${percent(high)}) say improved, regressed or relocated`;

const WORDS: Readonly<Record<RunVerdict, string>> = {
  pass: 'pass',
  fail: 'fail',
  improved: 'improved',
  relocated: 'relocated',
  regressed: 'regressed',
  no_evidence: 'no evidence',
  incomplete: 'incomplete',
  infrastructure: 'infrastructure',
};

const COLORS: Readonly<Record<RunVerdict, 'green' | 'red' | 'yellow'>> = {
  pass: 'green',
  improved: 'green',
  fail: 'red',
  regressed: 'red',
  relocated: 'red',
  no_evidence: 'yellow',
  incomplete: 'yellow',
  infrastructure: 'yellow',
};

/** Verdicts of a run that is no result: what its causes look like says nothing. */
const NO_RESULT: ReadonlySet<RunVerdict> = new Set(['incomplete', 'infrastructure']);

function causeLines(
  { cause, verdict, sentence, guards, controls, slice, comparison, cases }: CauseJudgment,
  title: string,
  { result }: ShownEval,
): string[] {
  const { judgment } = result;
  // The first line says it already.
  const isSaid = judgment.causes.length === 1 && result.falseAlarms === null;
  const roles: readonly (readonly [string, RoleCount])[] = [
    ['guards', guards],
    ['controls', controls],
    ['slice', slice],
  ];
  const bad = cases.filter(
    ({ role, verdict: own }) => role !== 'slice' && own !== 'pass' && own !== 'missing',
  );
  const isOneError = bad.length > SHOWN && bad.every((each) => each.verdict === 'error');
  const shown = isOneError ? [] : bad;
  return [
    `${style('cyan', cause)}  ${style('bold', plain(title))}`,
    ...(isSaid || NO_RESULT.has(judgment.verdict)
      ? []
      : [row('verdict', `${style(COLORS[verdict], WORDS[verdict])}: ${plain(sentence)}`)]),
    ...roles.flatMap(([name, counted]) =>
      counted.cases + counted.undecided === 0 ? [] : [row(name, countLine(counted))],
    ),
    ...(comparison === null
      ? []
      : [
          row(
            '',
            `before ${percent(comparison.before)}, after ${percent(comparison.after)}: ${comparison.better} better, ${comparison.worse} worse; difference ${points(comparison.interval)}`,
          ),
        ]),
    ...provisionalNotes(result, cause).map((note) => row('', note)),
    ...shown.slice(0, SHOWN).map((each) => row('', caseLine(each, cause, result))),
    ...(shown.length > SHOWN ? [row('', `… and ${shown.length - SHOWN} more`)] : []),
  ];
}

const SHOWN = 6;

const points = ([low, high]: readonly [number, number]): string =>
  `${Math.round(100 * low)} to ${Math.round(100 * high)} points (95%)`;

/** `12 of 12 (at least 76%)`, `3 of 5 (23–88%)`. */
function countLine({ passed, cases, interval: [low, high], undecided }: RoleCount): string {
  const range =
    passed === cases
      ? `at least ${percent(low)}`
      : passed === 0
        ? `at most ${percent(high)}`
        : `${percent(low)} to ${percent(high)}`;
  const rest = undecided === 0 ? '' : `, ${undecided} undecided`;
  return cases === 0 ? `none decided${rest}` : `${passed} of ${cases} pass (${range})${rest}`;
}

/** A case that did not pass, and why. */
function caseLine(
  { id, verdict, rate, attempts, isRegression, isQuarantined }: JudgedCase,
  cause: string,
  { attempts: made }: EvalResult,
): string {
  const reason = reasonOf(
    made.filter((each) => each.arm === 'candidate' && each.case === id && each.cause === cause),
  );
  const why =
    reason === null || verdict === 'error'
      ? (reason?.message ?? '')
      : `${reason.code}: ${reason.message}`;
  const passed = rate === null ? '' : ` ${Math.round(rate * attempts)} of ${attempts}`;
  const marks = `${isRegression ? ' (regression)' : ''}${isQuarantined ? ' (quarantined)' : ''}`;
  return style(
    'dim',
    plain(`${id} ${verdict}${passed}${marks}${why === '' ? '' : `: ${why}`}`).slice(0, WIDTH),
  );
}

const WIDTH = 200;

function messageOf({ attempts }: EvalResult, code: string): string {
  const message = attempts.find(({ error }) => error?.code === code)?.error?.message;
  return message === undefined ? '' : `: ${message.slice(0, WIDTH)}`;
}

const chargedTwice = ({ attempts }: EvalResult): readonly AttemptRecord[] =>
  attempts.filter(({ maybeChargedTwice }) => maybeChargedTwice);

const attemptWords = ({ arm, cause, case: id, repeat }: AttemptRecord): string =>
  `${id} of ${cause} (${arm}, attempt ${repeat + 1})`;

/** What to do after the run. */
export const nextOf = ({ result, header, path }: Omit<ShownEval, 'report'>): string =>
  nextStep(result.judgment, {
    ...{ header, path, suites: result.suites, attempts: result.attempts },
    ...{ stopped: result.stopped, falseAlarms: result.falseAlarms },
  });

const row = (name: string, text: string): string => `${name.padEnd(10)}${text}`;
