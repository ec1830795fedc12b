import type { LearnedCard, LearnedModel, Suspects } from '../contract/learned-model.ts';
import { count, decimal, percent, plural } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import { style } from './style.ts';
import { wrap } from './wrap.ts';

/** What no figure of a trace shows; measured on open failure data (docs/learn.md). */
const BLIND =
  'It cannot see: an answer that contradicts its source in other words, a wrong fact without a source, a right call with a wrong intent. Those are for a judge or a person.';

const STATES: Readonly<Record<LearnedCard['state'], string>> = {
  in_use: 'in use: it orders traces better than the detectors alone',
  on_trial: 'on trial: better than the detectors alone, but from fewer than 100 labels',
  no_saving: 'no saving: not better than the detectors alone beyond chance; go by them',
};

/** The card of a model, for a terminal. */
export function cardLines(model: LearnedModel, file: string | null, width: number): string {
  const { card } = model;
  const blocks = [
    [learnedFrom(card), style(card.state === 'no_saving' ? 'yellow' : 'green', STATES[card.state])],
    figureLines(card).map(([name, text]) => `  ${name.padEnd(NAME)}${text}`),
    [`  strongest signs: ${signs(model)}`],
    [style('dim', wrap(BLIND, width))],
    [nextLine(card, file)],
  ];
  return `\n${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const NAME = 24;

function learnedFrom({ labels, failed, tasks, source, agreement }: LearnedCard): string {
  const from = `${plural(labels, 'label')}: ${count(failed)} failed, ${count(labels - failed)} passed, ${plural(tasks, 'task')}`;
  const name = plain(source.name);
  if (source.kind === 'judge')
    return `imitates judge ${name}, agreement ${decimal(agreement)} · ${from}`;
  const by = { people: 'by people', program: 'by a program', recorded: 'recorded' }[source.kind];
  return `learned from ${from}, ${by} (${name})`;
}

const range = ([low, high]: readonly [number, number]): string =>
  `${decimal(low)} to ${decimal(high)}`;

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${decimal(Math.abs(value))}`;

function figureLines(card: LearnedCard): (readonly [string, string])[] {
  const { curve, rules, gain, calibration, recall, cascade } = card;
  return [
    [
      'area under the curve',
      `${decimal(curve.value)} (${range(curve.interval)}); detectors ${decimal(rules.curve.value)}; gain ${signed(gain.value)} (${signed(gain.interval[0])} to ${signed(gain.interval[1])})`,
    ],
    [
      'calibration error',
      `${decimal(calibration.error)}; exactly right probabilities would show ${decimal(calibration.chance)}`,
    ],
    [
      'recall',
      rules.precision === null
        ? 'the detectors found nothing to compare with'
        : `${decimal(recall)} at the detectors’ precision of ${decimal(rules.precision)}; detectors ${decimal(rules.recall)}`,
    ],
    [
      'without a judge',
      cascade === null
        ? 'nothing decided: bounds need 9 tasks of each kind'
        : `${percent(cascade.decided)} decided: ${percent(cascade.suspect)} suspect (precision ${decimal(cascade.precision)}, recall ${decimal(cascade.recall)}), the rest sound (${percent(cascade.missed)} of the failed missed)`,
    ],
  ];
}

const MOST_SIGNS = 6;

const strength = ({ weight, spread }: LearnedModel['features'][number]): number =>
  Math.abs(weight) * spread;

/** The figures that weigh most. */
function signs({ features, vectors }: LearnedModel): string {
  const strongest = features
    .toSorted((a, b) => strength(b) - strength(a))
    .slice(0, MOST_SIGNS)
    .map(({ name, weight }) => `${weight < 0 ? '−' : '+'} ${name.replace(/[_:]/g, ' ')}`);
  return [...strongest, ...(vectors === null ? [] : ['meaning of answer and request'])].join(', ');
}

function nextLine({ state, labels }: LearnedCard, file: string | null): string {
  const written = file === null ? '' : `model: ${file}. `;
  if (state === 'no_saving')
    return `${written}Next: label more traces (${labels} so far), or stay with the detectors.`;
  return file === null
    ? 'Next: write it with --out model.json'
    : `${written}Next: culprit learn TRACES --apply ${plain(file)}`;
}

/** The most suspect traces, for a terminal. */
export function suspectLines(found: Suspects, top: number): string {
  const { suspects, bounds, drifted, source, state } = found;
  const shown = suspects.slice(0, top);
  const wide = Math.max(8, ...shown.map(({ traceId }) => Math.min(60, plain(traceId).length)));
  const lines = shown.map(({ traceId, p, call, rules }) =>
    [
      `suspect, p = ${p.toFixed(2)}`,
      plain(traceId).slice(0, wide).padEnd(wide),
      (call ?? '').padEnd(8),
      rules ? 'a detector has a finding' : '',
    ]
      .join('  ')
      .trimEnd(),
  );
  const calls = (call: string): number => suspects.filter((each) => each.call === call).length;
  const summary = [
    ...(source.kind === 'judge' ? [`imitates judge ${plain(source.name)}`] : []),
    ...(state === 'on_trial' ? ['on trial: fewer than 100 labels'] : []),
    ...(drifted
      ? [
          'bounds withdrawn: these traces are not like the labeled ones; label some of them and learn again',
        ]
      : []),
    ...(bounds === null
      ? []
      : [
          `${plural(suspects.length, 'trace')}: ${count(calls('suspect'))} suspect, ${count(calls('sound'))} sound, ${count(calls('unsure'))} unsure (for a judge or a person); each error at most ${percent(bounds.risk)}`,
        ]),
  ];
  return `\n${lines.join('\n')}\n\n${summary.map((line) => style('dim', line)).join('\n')}\n`;
}
