import type { FileFacts } from '../../contract/file-facts.ts';
import type { FileModel } from '../../contract/file-model.ts';

/** How to read one trace of the input; null when one trace is looked at alone. */
export const modelOf = (file: FileFacts | null): FileModel | null => file?.model ?? null;
