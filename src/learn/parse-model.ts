import { CulpritError } from '../contract/culprit-error.ts';
import {
  LEARNED_MODEL_VERSION,
  type LearnedModel,
  learnedModelSchema,
} from '../contract/learned-model.ts';
import { plainIssue } from '../contract/plain-issue.ts';
import { unpackFloats } from '../text/packed-floats.ts';

/** The detectors at hand, by which a model is read. */
export interface Detection {
  readonly culprit: string;
  readonly detectors: readonly string[];
}

/**
 * A model as `learn` wrote it. `name` is that of the file.
 * @throws CulpritError `invalid_input` for anything else, for a model of another version, of other detectors, or one that is
 * no better than the rules.
 */
export function parseLearnedModel(value: unknown, name: string, at: Detection): LearnedModel {
  const { data, error } = learnedModelSchema.safeParse(value);
  if (data === undefined) {
    const version = versionOf(value);
    throw invalid(
      version !== null && version !== LEARNED_MODEL_VERSION
        ? `${name} is a model of version ${version}, and this Culprit reads version ${LEARNED_MODEL_VERSION}: learn it again`
        : `${name} is no learned model (${error.issues[0] === undefined ? 'unreadable' : plainIssue(error.issues[0])}): give a file that culprit learn wrote`,
      error,
    );
  }
  if (data.culprit !== at.culprit || data.detectors.join() !== at.detectors.join())
    throw invalid(
      `${name} was fitted to the detectors of culprit ${data.culprit}, and this is ${at.culprit}: their findings differ, so its probabilities mean nothing here. Learn it again from the same labels`,
    );
  if (data.card.state === 'no_saving')
    throw invalid(
      `${name} is not better than the detectors alone (area ${data.card.gain.value >= 0 ? '+' : ''}${data.card.gain.value.toFixed(3)}, interval ${data.card.gain.interval.map((end) => end.toFixed(3)).join(' to ')}): go by the detectors, or label more traces`,
    );
  const { vectors } = data;
  if (
    vectors !== null &&
    unpackFloats(vectors.mean).length !== unpackFloats(vectors.weights).length
  )
    throw invalid(`${name} is damaged: its vectors have two lengths`);
  return data;
}

const versionOf = (value: unknown): number | null =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'learned model' &&
  'version' in value &&
  typeof value.version === 'number'
    ? value.version
    : null;

const invalid = (message: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_input', message, cause === undefined ? {} : { cause });
