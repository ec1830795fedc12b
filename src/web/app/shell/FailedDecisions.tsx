import type { ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { removeFailed, useFailed } from '../decide/failed.ts';

/** Decisions that could not be saved, each with its reason. */
export function FailedDecisions(): ReactNode {
  const failed = useFailed();
  return failed.map((each, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same decision can fail twice
    <div key={at} className="bar-note" role="alert" data-kind="fail">
      <p>
        <b>Not saved: {each.text}.</b> {each.reason}.
      </p>
      <Button onPress={each.again}>Try again</Button>
      <Button onPress={() => removeFailed(each)}>Drop it</Button>
    </div>
  ));
}
