import { CulpritError } from '../../../contract/culprit-error.ts';

/** The last trace of a page: anchor in microseconds, and trace id. */
export interface Place {
  readonly anchor: number;
  readonly traceId: string;
}

export const cursorOf = ({ anchor, traceId }: Place): string =>
  Buffer.from(JSON.stringify([anchor, traceId])).toString('base64url');

/** @throws CulpritError `invalid_input` for what `cursorOf` did not make. */
export function placeOf(cursor: string): Place {
  try {
    const [anchor, traceId] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (Number.isSafeInteger(anchor) && typeof traceId === 'string')
      return { anchor: anchor as number, traceId };
  } catch {
    // Falls through to the error below.
  }
  throw new CulpritError('invalid_input', 'the cursor is not one that a page came with');
}
