import type { Cause } from '../contract/cause.ts';
import type { Atom, Condition } from '../contract/condition.ts';
import type { PopulationRow } from '../contract/fact-rows.ts';
import { NO_CAUSE } from '../text/cause.ts';
import { conditionTest } from '../text/fact-row.ts';
import { sentence } from '../text/statement.ts';
import { type Contrast, type Cause as Contrasted, contrast } from './contrast/contrast.ts';
import { cosinesToMean } from './cosine.ts';
import { perGranularity } from './granularities.ts';
import type { FoundCluster, FoundLevels, GroupFacts, GroupInput } from './group-input.ts';
import { meetsOf } from './path-causes.ts';

/** Share of the traces under a condition that have to have failed for it to come first. */
const LEADS = 0.85;
/** Fewer do not show what passing traces are like. */
const LEAST_PASSED = 3;
/** Fewer members do not make a group inside the leftovers. */
const LEAST_ALIKE = 2;
/** Fewer are not listed by themselves at the default level. */
const LEAST_LISTED = 3;

/** Whether recorded outcomes, rather than signals, say what failed: they do so for half of the failures at least. */
export function isJudged({ population }: GroupFacts): boolean {
  const failed = population.rows.filter((row) => row.failed);
  const judged = failed.filter(({ outcome }) => outcome !== null);
  return judged.length >= 3 && 2 * judged.length >= failed.length;
}

/**
 * Causes of `rows` as conditions that failed traces meet and others do not, and what no condition explains: one group at
 * coarse levels, and from `medium` on its parts, split by what the traces hold. `judged`: recorded outcomes decide, and every condition is tested against chance;
 * otherwise the rows are failures that no signal explains, compared with the rest of the input.
 */
export function comparedCauses(
  input: GroupInput & { readonly facts: GroupFacts },
  rows: readonly number[],
  judged: boolean,
  seed: number,
): FoundLevels {
  if (rows.length === 0) return perGranularity(() => []);
  const { facts } = input;
  const compared = judged ? judgedRows(facts) : facts.population.rows;
  // A filter that fails a trace in spite of its outcome is a fact of that trace: tested by itself, it would always pass.
  const isFailed = (row: PopulationRow): boolean =>
    judged ? row.outcome === true : row.failed && row.unexplained;
  const found = contrast({
    rows: compared,
    columns: facts.population.columns,
    failed: compared.map(isFailed),
    seed,
    outcomes: judged ? 'recorded' : 'signals',
  });
  const { causes, left } = inRank(
    found.causes.map((cause) => candidateOf(cause, rows, judged, facts)),
    rows,
    facts,
  );
  const clusters = causes.map(({ cause, members, returns }) => ({
    ...clusterOf(input, members),
    stability: returns,
    cause,
  }));
  const leftover = {
    compared: judged && !compared.every(isFailed),
    toSettle: found.toSettle,
    isPart: false,
  };
  const rest = left.length === 0 ? [] : [{ ...clusterOf(input, left), leftover }];
  const alike = partsOf(left, facts, compared.filter(isFailed), found);
  const divided = (least: number): FoundCluster[] => {
    const parts = alike.filter(({ length }) => length >= least);
    if (parts.length < 2) return rest;
    const taken = new Set(parts.flat());
    const single = left.filter((row) => !taken.has(row));
    return [
      ...parts.map((members) => ({
        ...clusterOf(input, members),
        leftover: { ...leftover, isPart: true },
      })),
      ...(single.length === 0 ? [] : [{ ...clusterOf(input, single), leftover }]),
    ];
  };
  const whole = [...clusters, ...rest];
  const medium = [...clusters, ...divided(LEAST_LISTED)];
  const fine = [...clusters, ...divided(LEAST_ALIKE)];
  return { coarsest: whole, coarse: whole, medium, fine, finest: fine };
}

/**
 * What recorded failures are compared with: traces that are recorded to have passed, or else, where outcomes name only
 * failures (complaints, one score for one side of the answer), all others.
 */
function judgedRows({ population: { rows } }: GroupFacts): readonly PopulationRow[] {
  const passed = rows.filter(({ outcome }) => outcome === false);
  return passed.length < LEAST_PASSED ? rows : rows.filter(({ outcome }) => outcome !== null);
}

/** A condition that may become a cause, and the rows that meet it. */
interface Candidate {
  readonly cause: Cause;
  readonly rows: readonly number[];
  readonly severity: number;
  readonly returns: number;
}

function candidateOf(
  found: Contrasted,
  rows: readonly number[],
  judged: boolean,
  facts: GroupFacts,
): Candidate {
  const condition = judged ? found.condition : { atoms: [...found.condition.atoms, UNEXPLAINED] };
  const test = conditionTest(condition);
  const met = rows.filter((row) => test(facts.rows[row]!));
  const meets = meetsOf(condition, facts);
  const isClear = meets.failed >= LEADS * (meets.failed + meets.passed);
  return {
    cause: {
      condition,
      state: found.tested ? 'tested' : found.byForm ? 'form' : 'untested',
      meets,
      toSettle: found.toSettle,
      returns: found.returns,
      place: null,
      mayLead: isClear && !found.isStyle && !isSymptom(condition) && (found.tested || found.byForm),
    },
    rows: met,
    severity: facts.severityOf(mostOf(met.map((row) => facts.categories[row] ?? null))),
    returns: found.returns,
  };
}

/** Symptoms lead to a cause; by themselves they never come first. */
const isSymptom = ({ atoms }: Condition): boolean =>
  atoms.every(({ fact }) => fact.kind === 'symptom' || fact.key === NO_CAUSE);

const UNEXPLAINED: Atom = {
  fact: {
    key: NO_CAUSE,
    kind: 'cause',
    role: 'cause',
    weight: 0,
    grouped: false,
    statement: sentence('no detector names a cause'),
  },
  least: null,
  most: null,
};

interface Placed extends Candidate {
  readonly members: readonly number[];
}

/**
 * Assigns each row to the first condition that it meets, special ones before general ones as contrast found them, and
 * orders the causes by weight × severity of their members as far as that leaves the assignment as it is: of two
 * conditions that share rows, the one that came first stays first.
 */
function inRank(
  found: readonly Candidate[],
  rows: readonly number[],
  { weights }: GroupFacts,
): { readonly causes: readonly Placed[]; readonly left: readonly number[] } {
  const candidates = ledBy(found);
  const left = new Set(rows);
  let open = candidates.flatMap((each): Placed[] => {
    const members = each.rows.filter((row) => left.has(row));
    for (const row of members) left.delete(row);
    return members.length === 0 ? [] : [{ ...each, members }];
  });
  const worth = ({ members, severity }: Placed): number =>
    severity * members.reduce((sum, row) => sum + weights[row]!, 0);
  const causes: Placed[] = [];
  while (open.length > 0) {
    const free = open.filter(
      (each, index) => !open.slice(0, index).some((before) => shareRows(before, each)),
    );
    const leaders = causes.length === 0 ? free.filter(({ cause }) => cause.mayLead) : free;
    const next = (leaders.length > 0 ? leaders : free).reduce((best, each) =>
      worth(each) > worth(best) ? each : best,
    );
    open = open.filter((each) => each !== next);
    causes.push({ ...next, cause: { ...next.cause, place: causes.length } });
  }
  return { causes, left: rows.filter((row) => left.has(row)) };
}

/** The same conditions; where each that may come first follows one that it shares rows with, the first of them in front. */
function ledBy(candidates: readonly Candidate[]): readonly Candidate[] {
  const leaders = candidates.filter(({ cause }) => cause.mayLead);
  const isFree = (leader: Candidate): boolean =>
    !candidates.slice(0, candidates.indexOf(leader)).some((before) => shareRows(before, leader));
  const [first] = leaders;
  if (first === undefined || leaders.some(isFree)) return candidates;
  return [first, ...candidates.filter((each) => each !== first)];
}

function shareRows(a: Candidate, b: Candidate): boolean {
  const rows = new Set(a.rows);
  return b.rows.some((row) => rows.has(row));
}

/** The leftovers by the groups that contrast made of all failures. */
function partsOf(
  left: readonly number[],
  facts: GroupFacts,
  failed: readonly PopulationRow[],
  { groups }: Contrast,
): readonly (readonly number[])[] {
  const groupOf = new Map(failed.map(({ id }, index) => [id, groups[index]!]));
  const parts = Map.groupBy(left, (row) => groupOf.get(facts.rows[row]!.id) ?? -1);
  return [...parts].flatMap(([, members]) => (members.length >= LEAST_ALIKE ? [members] : []));
}

const clusterOf = (input: GroupInput, rows: readonly number[]): FoundCluster => ({
  rows,
  membership: cosinesToMean(input, rows),
  persistence: null,
  stability: null,
  cause: null,
  leftover: null,
});

/** The category that at least half share, else null. */
function mostOf(categories: readonly (string | null)[]): string | null {
  for (const [category, of] of Map.groupBy(categories, (each) => each))
    if (2 * of.length >= categories.length) return category;
  return null;
}
