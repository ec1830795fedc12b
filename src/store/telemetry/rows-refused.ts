import { CulpritError } from '../../contract/culprit-error.ts';

/** The engine took some of the rows and refused the others, which are lost; sending them again would not help. */
export class RowsRefused extends CulpritError {
  readonly count: number;

  constructor(count: number, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super('store_failed', `${count} rows were refused: ${why.slice(0, 300)}`, { cause });
    this.name = 'RowsRefused';
    this.count = count;
  }
}
