import type { CallLine, CallRecord, CallsSoFar, EndedCall } from '../contract/call-record.ts';

/** What the lines of a record of calls say. */
export type CallBook = Pick<CallRecord, 'find' | 'soFar'> & {
  readonly add: (line: CallLine) => void;
};

interface Taken {
  calls: number;
  /** Of calls that ended. */
  dollars: number;
  /** Worst cases of calls that have not, by their key. */
  readonly open: Map<string, number>;
}

/** A book without lines. */
export function openCallBook(): CallBook {
  const last = new Map<string, EndedCall | 'open'>();
  const jobs = new Map<string, Taken>();
  const takenBy = (job: string): Taken => {
    const taken = jobs.get(job) ?? { calls: 0, dollars: 0, open: new Map() };
    jobs.set(job, taken);
    return taken;
  };
  return {
    find: (key) => last.get(key) ?? null,
    soFar: (job): CallsSoFar => {
      const taken = jobs.get(job);
      if (taken === undefined) return { calls: 0, dollars: 0 };
      const open = [...taken.open.values()].reduce((sum, worst) => sum + worst, 0);
      return { calls: taken.calls, dollars: taken.dollars + open };
    },
    add: (line) => {
      const taken = takenBy(line.job);
      if (line.kind === 'started') {
        taken.calls += 1;
        // Of a call that was left open before this one, the worst case stays.
        taken.dollars += taken.open.get(line.key) ?? 0;
        taken.open.set(line.key, line.worst ?? 0);
        last.set(line.key, 'open');
        return;
      }
      taken.open.delete(line.key);
      taken.dollars += line.cost ?? 0;
      last.set(line.key, line);
    },
  };
}
