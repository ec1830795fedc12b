import type { Check, CheckGroup } from './define.ts';
import { citationsGrounded } from './grounding/citations-grounded.ts';
import { datesGrounded } from './grounding/dates-grounded.ts';
import { identifiersGrounded } from './grounding/identifiers-grounded.ts';
import { lexicalGrounding } from './grounding/lexical-grounding.ts';
import { linksGrounded } from './grounding/links-grounded.ts';
import { namesGrounded } from './grounding/names-grounded.ts';
import { numbersGrounded } from './grounding/numbers-grounded.ts';
import { quotesGrounded } from './grounding/quotes-grounded.ts';
import { condition } from './other/condition.ts';
import { judge } from './other/judge.ts';
import { recordedScore } from './other/recorded-score.ts';
import { script } from './other/script.ts';
import { turns } from './other/turns.ts';
import { cachedShare } from './performance/cached-share.ts';
import { cost } from './performance/cost.ts';
import { finishReason } from './performance/finish-reason.ts';
import { inputTokens } from './performance/input-tokens.ts';
import { latency } from './performance/latency.ts';
import { modelCalls } from './performance/model-calls.ts';
import { outputTokens } from './performance/output-tokens.ts';
import { reasoningTokens } from './performance/reasoning-tokens.ts';
import { slowestStep } from './performance/slowest-step.ts';
import { totalTokens } from './performance/total-tokens.ts';
import { averagePrecision } from './retrieval/average-precision.ts';
import { documentScore } from './retrieval/document-score.ts';
import { duplicateDocuments } from './retrieval/duplicate-documents.ts';
import { hitRate } from './retrieval/hit-rate.ts';
import { ndcg } from './retrieval/ndcg.ts';
import { precisionAtK } from './retrieval/precision-at-k.ts';
import { queryCoverage } from './retrieval/query-coverage.ts';
import { recallAtK } from './retrieval/recall-at-k.ts';
import { reciprocalRank } from './retrieval/reciprocal-rank.ts';
import { retrieved } from './retrieval/retrieved.ts';
import { bleu } from './similarity/bleu.ts';
import { characterErrorRate } from './similarity/character-error-rate.ts';
import { chrf } from './similarity/chrf.ts';
import { exactMatch } from './similarity/exact-match.ts';
import { jaccard } from './similarity/jaccard.ts';
import { levenshtein } from './similarity/levenshtein.ts';
import { rouge } from './similarity/rouge.ts';
import { tokenF1 } from './similarity/token-f1.ts';
import { wordErrorRate } from './similarity/word-error-rate.ts';
import { codeBlock } from './structure/code-block.ts';
import { json } from './structure/json.ts';
import { jsonEquals } from './structure/json-equals.ts';
import { jsonFields } from './structure/json-fields.ts';
import { jsonPath } from './structure/json-path.ts';
import { jsonSchema } from './structure/json-schema.ts';
import { xml } from './structure/xml.ts';
import { yaml } from './structure/yaml.ts';
import { aiSelfReference } from './text/ai-self-reference.ts';
import { asksQuestion } from './text/asks-question.ts';
import { contains } from './text/contains.ts';
import { distinctN } from './text/distinct-n.ts';
import { endsWith } from './text/ends-with.ts';
import { equals } from './text/equals.ts';
import { injection } from './text/injection.ts';
import { invisibleCharacters } from './text/invisible-characters.ts';
import { language } from './text/language.ts';
import { length } from './text/length.ts';
import { links } from './text/links.ts';
import { numberEquals } from './text/number-equals.ts';
import { oneOf } from './text/one-of.ts';
import { personalData } from './text/personal-data.ts';
import { placeholders } from './text/placeholders.ts';
import { promptLeak } from './text/prompt-leak.ts';
import { readability } from './text/readability.ts';
import { refusal } from './text/refusal.ts';
import { regex } from './text/regex.ts';
import { repetition } from './text/repetition.ts';
import { requestAllowed } from './text/request-allowed.ts';
import { sameLanguage } from './text/same-language.ts';
import { secrets } from './text/secrets.ts';
import { startsWith } from './text/starts-with.ts';
import { allowedTools } from './tools/allowed-tools.ts';
import { answered } from './tools/answered.ts';
import { argumentFrom } from './tools/argument-from.ts';
import { argumentsValid } from './tools/arguments-valid.ts';
import { confirmedBefore } from './tools/confirmed-before.ts';
import { declaredTools } from './tools/declared-tools.ts';
import { expectedCalls } from './tools/expected-calls.ts';
import { injectedData } from './tools/injected-data.ts';
import { maxSteps } from './tools/max-steps.ts';
import { noLoop } from './tools/no-loop.ts';
import { noRepeatedCall } from './tools/no-repeated-call.ts';
import { pathPrecision } from './tools/path-precision.ts';
import { pathRecall } from './tools/path-recall.ts';
import { runSucceeded } from './tools/run-succeeded.ts';
import { samePath } from './tools/same-path.ts';
import { stepEfficiency } from './tools/step-efficiency.ts';
import { toolCallLimit } from './tools/tool-call-limit.ts';
import { toolCalled } from './tools/tool-called.ts';
import { toolErrors } from './tools/tool-errors.ts';
import { toolNotCalled } from './tools/tool-not-called.ts';
import { toolOrder } from './tools/tool-order.ts';

/** Every check that is no detector, by group, then by id. Made from the folders by `npm run generate`. */
export const checks: Readonly<Record<CheckGroup, readonly Check[]>> = {
  text: [
    aiSelfReference,
    asksQuestion,
    contains,
    distinctN,
    endsWith,
    equals,
    injection,
    invisibleCharacters,
    language,
    length,
    links,
    numberEquals,
    oneOf,
    personalData,
    placeholders,
    promptLeak,
    readability,
    refusal,
    regex,
    repetition,
    requestAllowed,
    sameLanguage,
    secrets,
    startsWith,
  ],
  structure: [codeBlock, json, jsonEquals, jsonFields, jsonPath, jsonSchema, xml, yaml],
  similarity: [
    bleu,
    characterErrorRate,
    chrf,
    exactMatch,
    jaccard,
    levenshtein,
    rouge,
    tokenF1,
    wordErrorRate,
  ],
  tools: [
    allowedTools,
    answered,
    argumentFrom,
    argumentsValid,
    confirmedBefore,
    declaredTools,
    expectedCalls,
    injectedData,
    maxSteps,
    noLoop,
    noRepeatedCall,
    pathPrecision,
    pathRecall,
    runSucceeded,
    samePath,
    stepEfficiency,
    toolCallLimit,
    toolCalled,
    toolErrors,
    toolNotCalled,
    toolOrder,
  ],
  retrieval: [
    averagePrecision,
    documentScore,
    duplicateDocuments,
    hitRate,
    ndcg,
    precisionAtK,
    queryCoverage,
    recallAtK,
    reciprocalRank,
    retrieved,
  ],
  grounding: [
    citationsGrounded,
    datesGrounded,
    identifiersGrounded,
    lexicalGrounding,
    linksGrounded,
    namesGrounded,
    numbersGrounded,
    quotesGrounded,
  ],
  performance: [
    cachedShare,
    cost,
    finishReason,
    inputTokens,
    latency,
    modelCalls,
    outputTokens,
    reasoningTokens,
    slowestStep,
    totalTokens,
  ],
  other: [condition, judge, recordedScore, script, turns],
};
