import { withoutEnd } from '../../../text/without-end.ts';

/** Web addresses in a text, without punctuation that ends a sentence; at most 200. */
export const linksIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bhttps?:\/\/[^\s<>"'`{}|\\^\])]{1,2000}/gi)]
    .slice(0, 200)
    .map(([link]) => withoutEnd(link, '.,;:!?*_'));
