import type { MeasureRange, RuleCount } from '../../contract/measured.ts';
import type { Trace } from '../../contract/trace.ts';
import { eachMeasure, type Measure } from '../detectors/score/measure.ts';
import { failsRule } from '../detectors/score/rule-verdict.ts';
import { KeptNames, type KeptState } from '../file/kept-names.ts';
import type { ScoreRule } from '../run/options.ts';

const MOST_NAMES = 64;
const MOST_WORDS = 24;
const SHOWN_WORDS = 5;

interface Seen {
  readonly from: Measure['from'];
  readonly name: string;
  traces: number;
  least: number;
  most: number;
  /** Traces by word; null once there are too many words for a verdict. */
  words: Map<string, number> | null;
}

export interface MeasuresState {
  readonly rules: readonly Omit<RuleCount, 'rule'>[];
  readonly names: KeptState<Seen>;
}

/** Counts what each score rule catches, and what else the traces hold that a rule could name. */
export class Measures {
  readonly #rules: readonly { readonly rule: ScoreRule; judged: number; failed: number }[];
  readonly #names = new KeptNames<Seen>(MOST_NAMES);

  constructor(rules: readonly ScoreRule[]) {
    this.#rules = rules.map((rule) => ({ rule, judged: 0, failed: 0 }));
  }

  add(trace: Trace): void {
    for (const count of this.#rules) {
      const fails = failsRule(trace, count.rule);
      if (fails === null) continue;
      count.judged += 1;
      if (fails) count.failed += 1;
    }
    eachMeasure(trace, (from, name, value, label) => {
      const seen = this.#names.of(keyOf(from, name), () => nothingSeen({ from, name }));
      if (seen !== undefined) note(seen, value, label);
    });
  }

  state(): MeasuresState {
    return {
      rules: this.#rules.map(({ judged, failed }) => ({ judged, failed })),
      names: this.#names.state(),
    };
  }

  merge({ rules, names }: MeasuresState): void {
    for (const [index, { judged, failed }] of rules.entries()) {
      const own = this.#rules[index]!;
      own.judged += judged;
      own.failed += failed;
    }
    for (const [key, seen] of names) {
      const own = this.#names.of(key, () => nothingSeen(seen));
      if (own !== undefined) addSeen(own, seen);
    }
  }

  /** @param given the rules as text, in the order in which they were given. */
  counts(given: readonly string[]): {
    readonly rules: readonly RuleCount[];
    readonly measures: readonly MeasureRange[];
  } {
    return {
      rules: this.#rules.map(({ judged, failed }, index) => ({
        rule: given[index]!,
        judged,
        failed,
      })),
      measures: this.#names
        .entries()
        .map(([, seen]) => rangeOf(seen))
        .filter(({ range, words }) => range !== null || words.length > 0)
        .sort(
          (a, b) =>
            ORDER[a.from] - ORDER[b.from] || b.traces - a.traces || (a.name < b.name ? -1 : 1),
        ),
    };
  }
}

const ORDER = { score: 0, column: 1, run: 2 } as const;

const keyOf = (from: Measure['from'], name: string): string => `${from} ${name}`;

const nothingSeen = ({ from, name }: Pick<Measure, 'from' | 'name'>): Seen => ({
  from,
  name,
  traces: 0,
  least: Number.POSITIVE_INFINITY,
  most: Number.NEGATIVE_INFINITY,
  words: new Map(),
});

function note(seen: Seen, value: number | null, label: string | null): void {
  seen.traces += 1;
  if (value !== null) {
    seen.least = Math.min(seen.least, value);
    seen.most = Math.max(seen.most, value);
  }
  if (label === null || seen.words === null) return;
  const word = label.slice(0, 40);
  seen.words.set(word, (seen.words.get(word) ?? 0) + 1);
  if (seen.words.size > MOST_WORDS) seen.words = null;
}

function addSeen(own: Seen, seen: Seen): void {
  own.traces += seen.traces;
  own.least = Math.min(own.least, seen.least);
  own.most = Math.max(own.most, seen.most);
  if (seen.words === null) own.words = null;
  for (const [word, count] of seen.words ?? []) {
    own.words?.set(word, (own.words.get(word) ?? 0) + count);
    if (own.words !== null && own.words.size > MOST_WORDS) own.words = null;
  }
}

const rangeOf = ({ name, from, traces, least, most, words }: Seen): MeasureRange => ({
  name,
  from,
  traces,
  range: least <= most ? [least, most] : null,
  words: [...(words ?? [])]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, SHOWN_WORDS)
    .map(([word]) => word),
});
