import type { FileFacts } from '../../contract/file-facts.ts';
import { type FileModelState, fileModelSummary } from './file-model.ts';
import { type NormsState, normsSummary } from './norms.ts';
import type { Summary } from './summary.ts';

export interface FileState {
  readonly norms: NormsState;
  readonly model: FileModelState;
}

/** Every fact of the whole input, gathered together. */
export function fileSummary(): Summary<FileState, FileFacts> {
  const norms = normsSummary();
  const model = fileModelSummary();
  return {
    add(run) {
      norms.add(run);
      model.add(run);
    },
    state: () => ({ norms: norms.state(), model: model.state() }),
    merge(state) {
      norms.merge(state.norms);
      model.merge(state.model);
    },
    freeze() {
      const frozen = model.freeze();
      return { traces: frozen.traces, norms: norms.freeze(), model: frozen };
    },
  };
}
