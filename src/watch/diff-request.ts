import type { Analysis } from '../contract/analysis.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { resolveOptions } from '../contract/options.ts';

/** How two sides are to be compared, as it was asked for. */
export interface DiffRequest {
  readonly by: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly against: Analysis | null;
  readonly expectedShare: number | null;
}

/**
 * Checks that options of a comparison go together. `isPair`: there are two inputs.
 * @throws CulpritError `invalid_option`.
 */
export function checkRequest(request: DiffRequest, isPair: boolean): void {
  const { by, against } = request;
  const given = (options: readonly (keyof DiffRequest)[]): string[] =>
    options.filter((option) => request[option] !== null);
  if (!isPair && by === null && against === null)
    throw invalid('nothing to compare with: give two inputs, or by, or against');
  const useless = isPair
    ? given(['by', 'from', 'to', 'against'])
    : against !== null
      ? given(['by', 'from', 'to', 'expectedShare'])
      : [];
  if (useless.length > 0)
    throw invalid(
      `${useless.join(' and ')} ${useless.length === 1 ? 'has' : 'have'} no effect ${isPair ? 'with two inputs, which are compared as they are' : 'with against, which compares the whole input with an earlier run'}. Leave ${useless.length === 1 ? 'it' : 'them'} out`,
      useless[0],
    );
}

/** What says which traces failed. */
type FailureOptions = Pick<Analysis['options'], 'scores' | 'stepBudget' | 'all'>;

/**
 * The options of a new input that is compared with an earlier run: its failures are found as those of the run were.
 * @param own ids of the detectors that are there: built-in ones and those given.
 * @param given what was asked for, or nothing.
 * @throws CulpritError `invalid_option` for a detector or a policy of the run that is missing, and for an option that says
 * otherwise than the run.
 */
export function frozenOptions(
  { options, detectors }: Pick<Analysis, 'options' | 'detectors'>,
  own: ReadonlySet<string>,
  hasPolicy: boolean,
  given: { readonly [Key in keyof FailureOptions]?: FailureOptions[Key] | undefined },
): FailureOptions {
  const absent = detectors.find(({ id }) => !own.has(id));
  if (absent !== undefined)
    throw invalid(`the earlier run used the detector ${absent.id}; give it as well`, 'detectors');
  if (options.policy !== null && !hasPolicy)
    throw invalid('the earlier run used a policy of its own; give it as well', 'policy');
  const { scores, stepBudget, all } = options;
  const frozen = { scores, stepBudget, all };
  const usual = resolveOptions({});
  for (const key of ['scores', 'stepBudget', 'all'] as const) {
    const text = String(given[key] ?? usual[key]);
    if (text !== String(usual[key]) && text !== String(frozen[key]))
      throw invalid(
        'has no effect on what is compared with an earlier run, whose failures were found without it. Leave it out, or give it to both',
        key,
      );
  }
  return frozen;
}

const invalid = (message: string, option?: string): CulpritError =>
  new CulpritError('invalid_option', option === undefined ? message : `${option}: ${message}`, {
    ...(option !== undefined && { option }),
  });
