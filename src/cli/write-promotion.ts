import { dirname, join } from 'node:path';
import type { Promotion } from '../culprit.ts';
import { writeSuiteFiles } from '../platform/suite-folder.ts';
import { type ReadSuite, suiteSchemaFile } from '../verify/verify.ts';

/** Writes the suite of a promotion that has new cases into its folder. Returns where it is. Throws `unwritable_file`. */
export async function writePromotion(
  promotion: Promotion,
  folder: string,
  suites: readonly ReadSuite[],
): Promise<{ readonly path: string; readonly payload: string }> {
  const path = suites.some(({ file }) => file === promotion.file)
    ? promotion.file
    : join(folder, promotion.file);
  const payload = join(dirname(path), promotion.suite.payload);
  const schema = suiteSchemaFile();
  if (promotion.added.length > 0)
    await writeSuiteFiles([
      { path: payload, text: promotion.payload },
      { path, text: promotion.yaml },
      { path: join(dirname(path), schema.name), text: schema.text },
    ]);
  return { path, payload };
}
