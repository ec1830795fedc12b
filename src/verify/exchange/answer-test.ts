import type { CheckUse } from '../../contract/check-use.ts';
import { checkNamed } from '../checks/use-check.ts';

/** A test of the text of an answer that other programs can run too, with all its parameters. */
export type AnswerTest = { readonly negate: boolean } & (
  | {
      readonly kind: 'contains';
      readonly texts: readonly string[];
      readonly match: 'all' | 'any';
      readonly ignoreCase: boolean;
    }
  | { readonly kind: 'equals'; readonly text: string; readonly ignoreCase: boolean }
  | { readonly kind: 'starts_with' | 'ends_with'; readonly text: string }
  | {
      readonly kind: 'one_of';
      readonly labels: readonly string[];
      readonly ignoreCase: boolean;
    }
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'json' | 'answered' }
);

/** A check as a test of the answer, or why it cannot be one; `narrowed` says what the test does not see. */
export type Carried =
  | { readonly test: AnswerTest; readonly narrowed: string | null }
  | { readonly test: null; readonly why: string };

/**
 * What can be said about the text of an answer alone. Everything else needs the trace, a model or a library that the
 * other program does not have.
 */
export function answerTestOf(use: CheckUse, reference: string | null): Carried {
  const negate = use.negate === true;
  if (use.provisional === true) return none('it is provisional and decides nothing');
  const params: Readonly<Record<string, unknown>> = checkNamed(use.check).params.parse(
    use.params ?? {},
  );
  const test = { ...params, kind: use.check, negate };
  switch (use.check) {
    case 'answered':
      return {
        test: test as AnswerTest,
        narrowed: 'only that the answer is not blank; a run that ends on a tool is not seen',
      };
    case 'json':
      return params['repair'] === true ? none('JSON is not repaired there') : all(test);
    case 'equals': {
      const text = params['text'] ?? reference;
      return text === null ? none('the case has no reference') : all({ ...test, text });
    }
    case 'contains':
    case 'starts_with':
    case 'ends_with':
    case 'one_of':
    case 'regex':
      return all(test);
    default:
      return none('it reads more than the text of the answer');
  }
}

const none = (why: string): Carried => ({ test: null, why });

/** The parameters were parsed by the check of the same name. */
const all = (test: object): Carried => ({ test: test as AnswerTest, narrowed: null });
