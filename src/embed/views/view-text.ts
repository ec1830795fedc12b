import type { Failure, TextView } from '../../contract/failure.ts';
import { brief } from './brief.ts';
import { structure } from './structure.ts';

/** The text of a failure under a view; '' if the trace has none. Never includes model names, versions or tenants. */
export function viewText(failure: Failure, view: TextView): string {
  const { input, output } = failure.trace;
  switch (view) {
    case 'input':
      return input;
    case 'output':
      return output;
    case 'both':
      return [input, output].filter((text) => text !== '').join('\n\n');
    case 'brief':
      return brief(failure);
    case 'structure':
      return structure(failure);
  }
}
