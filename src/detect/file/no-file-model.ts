import type { FileModel } from '../../contract/file-model.ts';

/** What is known of the input when one trace is looked at alone: nothing. */
export const noFileModel: FileModel = {
  traces: 0,
  speaker: { environment: false, turns: 0, share: 0 },
  shared: '',
  tools: [],
  closing: [],
  habits: {
    withCalls: 0,
    withAnswer: 0,
    withPassages: 0,
    dialogues: 0,
    endsOnCall: 0,
    endsOnResult: 0,
    endsOnUser: 0,
    mostSteps: 0,
    atMostSteps: 0,
    short: 0,
    sourced: 0,
    verbatim: 0,
  },
  outcomes: [],
};
