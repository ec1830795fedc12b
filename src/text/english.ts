/** Whether a text reads as English, by its small words: starter rules about words hold for no other language. */
export const isEnglish = (text: string): boolean => SMALL.test(text.slice(0, 2_000));

const SMALL =
  /\b(?:the|is|are|was|what|how|why|who|where|which|when|and|of|my|you|your|i|i'm|can|should|would|does|did|with|from|this|that|give|write|tell|make|explain|show|please|help|for)\b/i;
