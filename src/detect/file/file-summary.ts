import type { FileFacts } from '../../contract/file-facts.ts';
import { type NormsState, normsSummary } from './norms.ts';
import type { Summary } from './summary.ts';

export interface FileState {
  readonly traces: number;
  readonly norms: NormsState;
}

/** Every fact of the whole input, gathered together. */
export function fileSummary(): Summary<FileState, FileFacts> {
  let traces = 0;
  const norms = normsSummary();
  return {
    add(run) {
      traces += 1;
      norms.add(run);
    },
    state: () => ({ traces, norms: norms.state() }),
    merge(state) {
      traces += state.traces;
      norms.merge(state.norms);
    },
    freeze: () => ({ traces, norms: norms.freeze() }),
  };
}
