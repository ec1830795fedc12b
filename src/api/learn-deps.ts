import { detectorIds } from '../detect/detect.ts';
import { fixedEmbedder } from '../embed/embed.ts';
import { packageVersion, readAsset } from '../platform/package-file.ts';

/** What learned models are made and read with. */
export async function learnDeps() {
  return {
    culprit: await packageVersion(),
    detectors: [...detectorIds()],
    embedder: fixedEmbedder(await readAsset('static-model')),
  };
}
