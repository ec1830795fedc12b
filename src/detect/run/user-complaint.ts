import { ownWords } from './own-words.ts';

/** A piece of text that shows a complaint. */
export interface UserComplaint {
  readonly kind: 'escalation' | 'correction' | 'does not work' | 'anger';
  /** Verbatim. */
  readonly text: string;
}

/**
 * How a user message complains about the assistant: it asks for a person, corrects the assistant, says that
 * something does not work, or is rude, in the user's own words. Null when it does not complain. English, with the most common
 * phrases of German, French, Spanish, Italian and Portuguese.
 */
export function userComplaint(text: string): UserComplaint | null {
  const head = ownWords(text.slice(0, 4000)).replaceAll('\u2019', "'");
  for (const [kind, pattern] of PATTERNS) {
    const match = pattern.exec(head);
    if (match !== null) {
      return { kind, text: text.slice(match.index, match.index + match[0].length) };
    }
  }
  return null;
}

const PATTERNS: readonly (readonly [UserComplaint['kind'], RegExp])[] = [
  [
    'escalation',
    /\b(?:(?:speak|talk|chat|connect(?: me)?|transfer(?: me)?|escalate(?: this| me)?|get me|give me|put me through|put me on|pass me(?: on)?) (?:to|with)? ?(?:an? |the |your |some )?(?:real |actual |live |human )?(?:human|person|agent|representative|rep|supervisor|manager|operator|someone (?:else|real|human|higher))|(?:want|need|like) (?:an?|to see an?|a real|an actual) (?:real |actual |live )?(?:human|real person|human agent|live agent|supervisor|manager)\b|(?:want|need) an? (?:actual |real )?person\b(?! (?:who|that|to|with|for))|is there (?:a|any) (?:human|real person|supervisor|manager)|mit einem (?:menschen|mitarbeiter) (?:sprechen|reden|verbinden)|parler (?:\u00e0|avec) (?:un humain|une personne|un conseiller|un agent)|hablar con (?:una persona|un humano|un agente|un supervisor)|parlare con (?:una persona|un operatore|un umano)|falar com (?:uma pessoa|um humano|um atendente))/i,
  ],
  [
    'correction',
    /\b(?:that'?s not (?:what i (?:asked|meant|said|wanted|want|need)|right|correct|true|it|my question|helpful)|that is (?:not (?:what i (?:asked|meant|said|wanted|want|need)|right|correct|true|helpful)|wrong|incorrect)|that'?s (?:wrong|incorrect)|this is (?:wrong|incorrect|not (?:right|correct|what i))|you'?re (?:wrong|not listening|not answering|mistaken)|you are (?:wrong|not listening|not answering|mistaken)|you (?:didn'?t|did not) (?:answer|listen|read|understand|do what)|you (?:misunderstood|got it wrong|made a mistake|already asked|keep (?:saying|asking|giving|repeating|doing|making))|i (?:already|just) (?:told|said|gave|asked|provided|answered|explained)|as i (?:already )?said (?:before|earlier|already)|i (?:didn'?t|did not|never) (?:ask|say|said|asked) (?:for|that|you|about)|no,? i (?:meant|said|asked|want(?:ed)?)|not what i (?:asked|meant|said|wanted)|wrong (?:answer|again)|try again,? (?:please|that)|das (?:ist|war) (?:falsch|nicht (?:richtig|korrekt|was ich))|das stimmt nicht|ich habe (?:bereits|schon) gesagt|ce n'est pas (?:correct|ce que j|vrai)|c'est faux|vous vous trompez|eso (?:no es (?:correcto|lo que)|est\u00e1 mal)|te equivocas|no es lo que (?:ped\u00ed|pregunt\u00e9)|non \u00e8 (?:corretto|quello che)|hai sbagliato|isso (?:est\u00e1 errado|n\u00e3o \u00e9 o que))/i,
  ],
  [
    'does not work',
    /\b(?:(?:it|this|that) (?:still )?(?:doesn'?t|does not|isn'?t|is not|didn'?t|did not) (?:work|help|make (?:any )?sense|make sense|working|helping)|still (?:not working|doesn'?t work|does not work|broken|wrong|the same (?:error|problem|issue))|(?:doesn'?t|does not) answer my question|funktioniert (?:immer noch )?nicht|\u00e7a ne (?:marche|fonctionne) (?:toujours )?pas|(?:sigue sin|no) funciona\b|non funziona\b|n\u00e3o funciona\b)/i,
  ],
  [
    'anger',
    /\b(?:(?:this|that|it|you)(?:'s| is|'re| are)? (?:so |just |completely |absolutely |totally |really |fucking )?(?:ridiculous|useless|unacceptable|a joke|pathetic|garbage|outrageous|terrible|horrible|awful|frustrating|infuriating|annoying|stupid|an idiot|worthless|a waste of (?:my )?time)|waste of (?:my )?time|wasting my time|(?:stupid|useless|dumb|idiotic) (?:bot|ai|machine|assistant|chatbot)|i'?m (?:so |really |very |getting |extremely )?(?:frustrated|annoyed|angry|fed up|pissed)|i am (?:so |really |very |getting |extremely )?(?:frustrated|annoyed|angry|fed up|pissed)|for the (?:last|second|third|fourth|hundredth|millionth|\d{1,3}(?:nd|rd|th)) time|how many times (?:do|must|should) i|what the (?:hell|fuck|heck)|wtf|das ist (?:l\u00e4cherlich|nutzlos|inakzeptabel)|c'est (?:ridicule|inutile|inacceptable)|esto es (?:rid\u00edculo|in\u00fatil|inaceptable)|\u00e8 (?:ridicolo|inutile|inaccettabile))/i,
  ],
];
