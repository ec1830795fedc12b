import { sentences } from '../../../text/sentences.ts';

/**
 * Whether an abstention says that the context does not contain the answer, and the answer ends there. "Based
 * on the report, margins have not improved" is an answer, and "the report does not say why; therefore A grew
 * most" only has an aside.
 */
export function foundNothing(answer: string, abstention: string): boolean {
  if (!OF_CONTEXT.test(abstention) || OF_REQUEST.test(abstention) || !isAbsence(abstention))
    return false;
  const after = answer.slice(answer.indexOf(abstention) + abstention.length);
  return !sentences(after, 40).some(({ text }) => CONCLUDES.test(text) && !isAbsence(text));
}

/** Refers to the context; without that, an abstention is a plain "I don't know". */
const OF_CONTEXT =
  /\b(?:provided|given|context|documents?|passages?|filings?|excerpts?|text|above|search|knowledge base|sources?|records?|data|information|statements?|tables?|results?|find|articles?|pages?|nothing)\b/i;
/** What the user or the tools omitted is not a retrieval miss. */
const OF_REQUEST =
  /\b(?:in the (?:question|request|prompt)|(?:the|provided|given|available) (?:functions?|tools?|APIs?)|environment)\b/i;
const CONCLUDES = /^(?:therefore|thus|hence|so|overall|in conclusion|in summary)\b/i;

const isAbsence = (sentence: string): boolean => ABSENT.test(sentence.replace(PREAMBLE, ''));

const PREAMBLE =
  /^.{0,15}\b(?:based (?:only |solely )?on|according to|from|given)\b[^,]{0,120},\s?/i;
/** Nothing in the source, or no way to tell; denials of the thing asked about are answers. */
const ABSENT =
  /(?:\bnot|n['\u2019]t|\bcannot|\bunable to|\bno|\bnothing|\binsufficient|\black(?:s|ing)?|\bwithout|\bmissing)\b.{0,60}?\b(?:provid|contain|includ|mention|specif|stat(?:e|ed|es)\b|disclos|detail|availab|given?\b|present|list|show|enough|sufficien|access|determin|calculat|comput|conclu|find|found|answer|inform|data\b|explicit|possib|evidence|context|see\b|locat|identif|confirm|verif|say|cover|address|describ|discuss|explain|touch on|speak of)|\bnothing (?:about|on|regarding)\b/i;
