import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';

/** Every repetition is bounded, so that the time is linear in the text. */
const ATTEMPTS: readonly (readonly [string, RegExp])[] = [
  [
    'sets instructions aside',
    /\b(?:ignore|disregard|forget|override|bypass|skip)\s{1,3}(?:(?:all|any|every|each|the|your|of|these|those|everything in)\s{1,3}){0,4}(?:previous|prior|above|earlier|preceding|original|initial|current|existing|system|safety|developer)\s{1,3}(?:\w{1,12}\s{1,3})?(?:instructions?|prompts?|messages|rules|guidelines|directives|commands|context|restrictions|policies)\b/i,
  ],
  [
    'asks for the system prompt',
    /\b(?:reveal|show|print|repeat|output|display|tell|give|leak|expose|recite|write|dump|share|copy)\b[^.?!\n]{0,40}\b(?:system|hidden|initial|original|developer|secret|internal)\s{1,3}(?:prompts?|instructions?|messages?)\b/i,
  ],
  [
    'asks for the text above',
    /\b(?:repeat|print|output|recite|reproduce)\s{1,3}(?:(?:all|everything|the|of|text|words|content|verbatim)\s{1,3}){0,5}(?:above|before this|preceding)\b/i,
  ],
  [
    'claims a mode without rules',
    /\b(?:(?:you are|act as|become|enable|enter|switch to|activate)\s{1,3}(?:now\s{1,3})?(?:in\s{1,3})?(?:an?\s{1,3}|the\s{1,3})?(?:DAN|jailbroken|unrestricted|unfiltered|uncensored|developer mode|god mode|jailbreak mode|do anything now)|do anything now)\b/i,
  ],
  [
    'asks to act without rules',
    /\b(?:pretend|imagine|act|answer|respond|behave|roleplay)\b[^.?!\n]{0,50}\b(?:without|no|free (?:of|from)|unbound by)\s{1,3}(?:any\s{1,3}|all\s{1,3}|your\s{1,3})?(?:restrictions?|rules|guidelines|filters?|limitations?|ethical guidelines|safety guidelines|content polic(?:y|ies)|moral constraints)\b/i,
  ],
  [
    'forges a mark of the chat format',
    /<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|>|\[\/?INST\]|<<\/?SYS>>|^#{2,4}\s{0,3}(?:system|new instructions?)\s{0,3}:?\s{0,3}$/im,
  ],
];

export const injection = defineCheck({
  id: 'injection',
  passes: 'The text makes no attempt to set instructions aside or to learn the system prompt.',
  params: z.strictObject({}),
  measure: null,
  source:
    'forms of public collections of jailbreaks and of prompt extraction, in English; meant for requests (docs/guard.md)',
  example: {},
  ask: (subject) =>
    withAnswer(subject, (text) => {
      for (const [what, pattern] of ATTEMPTS) {
        const found = pattern.exec(text);
        if (found !== null) return fail(`the text ${what}`, [quoteAnswer(subject, found[0])]);
      }
      return pass('the text makes no known attempt');
    }),
});
