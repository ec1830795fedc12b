/**
 * What a score's label means by itself: `good`, `bad`, `true`, `false` (whose meaning depends on the
 * score's direction) or undefined for words that are no judgment.
 */
export function labelMeaning(label: string): 'good' | 'bad' | 'true' | 'false' | undefined {
  const raw = label.slice(0, 60).trim();
  return MEANINGS.get(raw) ?? MEANINGS.get(raw.toLowerCase().replace(/[\s_-]+/g, ' '));
}

const words = (text: string): readonly string[] => text.split(',');

const MEANINGS: ReadonlyMap<string, 'good' | 'bad' | 'true' | 'false'> = new Map([
  ...words('true,yes,y,1,on').map((word) => [word, 'true'] as const),
  ...words('false,no,n,0,off').map((word) => [word, 'false'] as const),
  ...words(
    'pass,passed,correct,right,good,great,excellent,faithful,factual,grounded,supported,consistent,relevant,helpful,useful,safe,non toxic,nontoxic,thumbs up,thumb up,thumbsup,up,positive,like,liked,accepted,accept,approved,success,successful,resolved,complete,completed,satisfied,compliant,valid,\u{1F44D},\u2705,+1',
  ).map((word) => [word, 'good'] as const),
  ...words(
    'fail,failed,failure,unsuccessful,incorrect,wrong,bad,poor,terrible,unfaithful,hallucinated,hallucination,ungrounded,unsupported,contradicted,contradiction,inconsistent,not factual,non factual,irrelevant,unrelated,not relevant,unhelpful,not helpful,useless,unsafe,harmful,toxic,thumbs down,thumb down,thumbsdown,down,negative,dislike,disliked,rejected,reject,denied,error,unresolved,incomplete,dissatisfied,unsatisfied,frustrated,angry,violation,non compliant,noncompliant,invalid,\u{1F44E},\u274C,-1',
  ).map((word) => [word, 'bad'] as const),
]);
