import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/**
 * The engine looks for hints of its own tests in comments of a statement, data that comes with it included: a row whose text is
 * such a comment can get lost without an error. Only formats read from files, and JSON, are safe.
 */
test('no statement of the store writes tab- or comma-separated values', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  expect(files.length).toBeGreaterThan(20);
  const guilty = files.filter((file) =>
    /FORMAT (?!RowBinary\b|JSON|clause|\$)\w+|\bVALUES \(/.test(
      readFileSync(join(import.meta.dirname, file), 'utf8'),
    ),
  );
  expect(guilty).toEqual([]);
});
