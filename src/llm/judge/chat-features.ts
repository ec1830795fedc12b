/** The request parameters that an endpoint accepts: not every server and model supports all of them. */
export interface ChatFeatures {
  /** How the format of the answer is requested; the instructions always describe it too. */
  readonly format: 'schema' | 'object' | 'text';
  readonly limit: 'max_tokens' | 'max_completion_tokens' | 'none';
  readonly temperature: boolean;
  readonly seed: boolean;
}

export const ALL_FEATURES: ChatFeatures = {
  format: 'schema',
  limit: 'max_tokens',
  temperature: true,
  seed: true,
};

/** The features without the one named in a refusal; null if it names none of the remaining ones. */
export function without(features: ChatFeatures, refusal: string): ChatFeatures | null {
  if (features.limit !== 'none' && /max_tokens|max_completion_tokens/i.test(refusal)) {
    const limit = features.limit === 'max_tokens' ? 'max_completion_tokens' : 'none';
    return { ...features, limit };
  }
  if (features.temperature && /\btemperature\b/i.test(refusal))
    return { ...features, temperature: false };
  if (features.seed && /\bseed\b/i.test(refusal)) return { ...features, seed: false };
  if (features.format !== 'text' && FORMAT.test(refusal))
    return { ...features, format: features.format === 'schema' ? 'object' : 'text' };
  return null;
}

const FORMAT =
  /response_format|json_schema|json_object|structured[ _]outputs?|guided|grammar|\bschema\b/i;
