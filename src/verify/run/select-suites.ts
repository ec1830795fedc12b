import { CulpritError } from '../../contract/culprit-error.ts';
import type { Register, SuiteCase } from '../../contract/suite.ts';
import type { ReadSuite } from '../suite/read-suites.ts';

/** `once`: with slice cases that no run has spent; `again`: with spent ones too; `off`: guards and controls alone. */
export const SLICE_USES = ['once', 'again', 'off'] as const;
type SliceUse = (typeof SLICE_USES)[number];

export interface Selection {
  /** Suites with one of these labels; all when empty. */
  readonly labels: readonly string[];
  readonly slice: SliceUse;
  /** Attempts of each case; null leaves what each suite has registered. */
  readonly repeats: number | null;
  /** Id of the run: what it has spent itself is open to it. */
  readonly run: string;
}

/** A suite with the cases that a run attempts, under the register of the run. */
export interface SelectedSuite extends ReadSuite {
  /** Slice cases that another run had spent. */
  readonly reused: readonly string[];
}

/**
 * What a run takes of suites: those with a label, their cases that are not retired, their slice as far as it is open.
 * @throws CulpritError `invalid_option` for a slice of which every case is spent and may be used only once.
 */
export const selectSuites = (
  suites: readonly ReadSuite[],
  { labels, slice, repeats, run }: Selection,
): readonly SelectedSuite[] =>
  suites
    .filter(
      ({ suite }) => labels.length === 0 || suite.labels.some((each) => labels.includes(each)),
    )
    .map((read) => {
      const { suite, file } = read;
      const register: Register = {
        ...suite.register,
        repeats: repeats ?? suite.register.repeats,
      };
      const live = suite.cases.filter(({ retired }) => retired === undefined);
      const spent = live.filter((each) => isSpent(each, run));
      const isFresh = live.some((each) => each.role === 'slice' && !spent.includes(each));
      if (slice === 'once' && spent.length > 0 && !isFresh)
        throw new CulpritError(
          'invalid_option',
          `${file}: the slice was spent by ${spent[0]!.spent}, and a second decision by the same cases is no proof. Promote new traces, leave the slice out with --slice off, or use it with --slice again: the record says so`,
        );
      const cases = live
        .filter((each) => each.role !== 'slice' || slice === 'again' || !spent.includes(each))
        .filter(({ role }) => role !== 'slice' || slice !== 'off')
        .map(({ spent: _, ...each }) => each);
      const reused = slice === 'again' ? spent.map(({ id }) => id) : [];
      return { ...read, suite: { ...suite, register, cases }, reused };
    });

const isSpent = ({ role, spent }: SuiteCase, run: string): boolean =>
  role === 'slice' && spent !== undefined && spent !== run;
