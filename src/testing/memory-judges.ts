import type {
  GivenScore,
  JudgePlace,
  JudgeSpend,
  JudgeStore,
  JudgeUse,
} from '../store/workspace/workspace.ts';
import { boundReached, MOST_ATTEMPTS, withCall } from '../store/workspace/workspace.ts';

interface Call extends JudgePlace {
  readonly id: number;
  readonly trace: string;
  readonly at: number;
  state: 'asked' | 'answered' | 'failed';
  tokens: number;
  dollars: number;
  score: GivenScore | null;
  error: string;
  written: boolean;
}

const HOUR = 3_600_000;

/** Online judges in memory. */
export function memoryJudges(): JudgeStore {
  const uses = new Map<string, Map<string, JudgeUse>>();
  const calls: Call[] = [];
  const of = (project: string): Map<string, JudgeUse> => {
    const held = uses.get(project) ?? new Map<string, JudgeUse>();
    uses.set(project, held);
    return held;
  };
  const callsOf = ({ project, judge }: JudgePlace): readonly Call[] =>
    calls.filter((call) => call.project === project && call.judge === judge);
  const spentIn = (place: JudgePlace, now: number): JudgeSpend =>
    callsOf(place)
      .filter(({ at }) => at > now - 24 * HOUR)
      .reduce(
        (sum, call) => ({
          ...withCall(sum, call),
          callsPerHour: sum.callsPerHour + Number(call.at > now - HOUR),
        }),
        { callsPerHour: 0, callsPerDay: 0, tokensPerDay: 0, dollarsPerDay: 0 },
      );
  return {
    async uses(project) {
      return [...of(project).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async put({ project, judge }, settings, now) {
      const before = of(project).get(judge);
      const since = before === undefined || before.settings.isPaused ? now : before.since;
      of(project).set(judge, { name: judge, settings, version: before?.version ?? '', since });
    },
    async remove({ project, judge }) {
      return of(project).delete(judge);
    },
    async setVersion({ project, judge }, version) {
      const before = of(project).get(judge);
      if (before === undefined || before.version === version) return false;
      of(project).set(judge, { ...before, version });
      return before.version !== '';
    },
    async calls(place, now) {
      const own = callsOf(place);
      const settled = own.filter(({ state }) => state !== 'asked').toReversed();
      const good = settled.findIndex(({ state }) => state === 'answered');
      const failures = good < 0 ? settled.length : good;
      const [first] = settled;
      const byTrace = Map.groupBy(own, ({ trace }) => trace);
      return {
        spent: spentIn(place, now),
        failures,
        lastFailure:
          failures > 0 && first !== undefined ? { at: first.at, error: first.error } : null,
        settled: [...byTrace].flatMap(([trace, tried]) =>
          tried.length >= MOST_ATTEMPTS || tried.some(({ written }) => !written) ? [trace] : [],
        ),
      };
    },
    async reserve(place, wanted, budget, now) {
      const taken: { id: number; trace: string }[] = [];
      for (const call of wanted) {
        const tried = callsOf(place).filter(({ trace }) => trace === call.trace);
        if (tried.length >= MOST_ATTEMPTS || tried.some(({ state }) => state !== 'failed'))
          continue;
        const bound = boundReached(spentIn(place, now), call, budget);
        if (bound !== null) return { calls: taken, bound };
        const id = calls.length;
        calls.push({
          ...{ ...place, id, trace: call.trace, at: now, state: 'asked', tokens: call.tokens },
          ...{ dollars: call.dollars ?? 0, score: null, error: '', written: false },
        });
        taken.push({ id, trace: call.trace });
      }
      return { calls: taken, bound: null };
    },
    async settle(id, end) {
      const call = calls[id] as Call;
      call.state = end.state;
      if (end.state === 'failed')
        Object.assign(call, { error: end.error, tokens: 0, dollars: 0, written: true });
      else
        Object.assign(call, {
          score: end.score,
          tokens: end.spent.tokens ?? call.tokens,
          dollars: end.spent.dollars ?? call.dollars,
        });
    },
    async unwritten(place) {
      return callsOf(place).flatMap(({ id, trace, score, written }) =>
        score === null || written ? [] : [{ id, trace, score }],
      );
    },
    async markWritten(ids) {
      for (const id of ids) (calls[id] as Call).written = true;
    },
  };
}
