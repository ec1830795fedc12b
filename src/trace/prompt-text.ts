import type { Trace } from '../contract/trace.ts';

/** Attributes that hold a prompt before values are filled in. */
const TEMPLATES = ['llm.prompt_template.template', 'traceloop.prompt.template'];

/** The prompt that a trace ran with: its template where that was recorded, else the system prompt; '' for none. */
export function promptTextOf({ spans, messages }: Pick<Trace, 'spans' | 'messages'>): string {
  for (const { attributes } of spans)
    for (const key of TEMPLATES) {
      const template = attributes[key];
      if (typeof template === 'string' && template !== '') return template;
    }
  return messages.find(({ role }) => role === 'system')?.content ?? '';
}
