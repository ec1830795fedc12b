import type { Slot, Statement } from '../contract/signal.ts';

/** A sentence and what it names; `statement` is the tag of a template literal. */
export function statement(parts: readonly string[], ...slots: readonly Slot[]): Statement {
  const template = parts.reduce((text, part, index) => `${text}{${index - 1}}${part}`);
  return { template, slots };
}

/** A sentence that names nothing. */
export const sentence = (text: string): Statement => ({ template: text, slots: [] });

export const tool = (name: string): Slot => ({ kind: 'tool', value: name });
/** Tools called one after the other; one alone is a tool. */
export const chain = (names: readonly string[]): Slot =>
  names.length === 1 ? tool(names[0]!) : { kind: 'chain', value: names };
/** An argument, a column, a score: a name that the application's makers chose. */
export const field = (name: string): Slot => ({ kind: 'field', value: name });
export const number = (value: number): Slot => ({ kind: 'number', value: String(value) });
/** Any other word that differs between causes: a language, a kind of error. Not set in backticks. */
export const word = (value: string): Slot => ({ kind: 'word', value });
/** A masked message of the application, in quotation marks; what was masked is named in brackets. */
export const quoted = (message: string): Slot =>
  word(
    `“${message.replace(/<(value|number|name|id|list)>/g, '[$1]').replace(/^['"\s]+|['"\s]+$/g, '')}”`,
  );

/** The statement as people read it: names of tools and fields in backticks. */
export const statementText = ({ template, slots }: Statement): string =>
  template.replace(/\{(\d{1,2})\}/g, (placeholder, index: string) => {
    const slot = slots[Number(index)];
    return slot === undefined ? placeholder : slotText(slot);
  });

/** A slot as people read it: names of tools and fields in backticks, a chain joined by arrows. */
export function slotText(slot: Slot): string {
  switch (slot.kind) {
    case 'chain':
      return slot.value.map(inBackticks).join(' → ');
    case 'tool':
    case 'field':
      return inBackticks(slot.value);
    default:
      return slot.value;
  }
}

const inBackticks = (name: string): string => `\`${name.replaceAll('`', "'")}\``;

/** Quoted names, code and themes in brackets taken out, so that two traces with one kind of failure share it. */
export const maskedTemplate = (text: string): string =>
  text
    .replace(/`[^`]{1,200}`|“[^”]{1,200}”|"[^"]{1,200}"/g, '…')
    .replace(/\s?\([^)]{1,200}\)/g, '')
    .replace(/\{\d{1,2}\}/g, '…')
    .replace(/\d[\d.,%]{0,20}/g, '#')
    .replace(/(?:…(?:,| and| →)? ?)+/g, '… ')
    .trim();
