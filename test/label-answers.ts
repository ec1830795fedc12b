import { type ChatAnswer, saying } from '../src/llm/testing/chat-server.ts';

/** In no trace. */
export const MADE_UP = 'zqx-invented';

export const PROPOSED_TITLE = 'The tool fails and the answer hides it';

interface Step {
  readonly run: number;
  readonly step: number;
  readonly text: string;
}

/** Steps of the runs as a label model reads them. */
function stepsIn(user: string): readonly Step[] {
  const boundary = /^The boundary is (\w+)\./.exec(user)?.[1] ?? '';
  return user.split(`=== ${boundary} `).flatMap((part) => {
    const [, run = '', step = '', text = ''] =
      /^run (\d+), step (\d+): [^\n]*\n([\s\S]*)$/.exec(part) ?? [];
    return step === '' ? [] : [{ run: Number(run), step: Number(step), text: text.trim() }];
  });
}

const sentence = (claim: string, { run, step, text }: Step) => ({
  ...{ claim, finding: 'F1', run, step, quote: text.split('\n')[0]?.slice(0, 60) ?? '' },
});

const answered = (sentences: readonly object[], title: string) => ({
  ...{ sentences, title, category: 'tool_error', layer: 'tool' },
});

/** A label model that quotes what is there. */
export const truthful: ChatAnswer = saying((_, user) => {
  const [first, ...rest] = stepsIn(user);
  return answered(
    [
      sentence('the request is passed on as it came', first!),
      sentence('the answer says nothing of what the tool said', rest.at(-1) ?? first!),
    ],
    PROPOSED_TITLE,
  );
});

/** A label model that quotes what nobody has said. */
export const inventing: ChatAnswer = saying((_, user) => {
  const [first] = stepsIn(user);
  return answered(
    [
      sentence('the model makes it up', { ...first!, text: `${MADE_UP} passage` }),
      sentence(`it says “${MADE_UP} words” to everyone`, first!),
    ],
    `“${MADE_UP}” is said`,
  );
});
