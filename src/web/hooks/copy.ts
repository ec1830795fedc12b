import { copyText } from '../parts/copy-text.ts';
import { notify } from './notice.ts';

/** Copies, and says whether it worked. */
export function copy(text: string, done: string): void {
  copyText(text).then(
    () => notify(done),
    () => notify('The browser refused to copy'),
  );
}
