import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type FrozenModel, frozenModelSchema } from '../../contract/frozen-model.ts';
import type { Workspace } from '../../store/workspace/workspace.ts';

/** The model of an analysis, as it is used. */
export interface LatestModel {
  /** Of the analysis. */
  readonly id: string;
  readonly at: number;
  readonly model: FrozenModel;
}

/** What traces of a project are judged by; null before its first analysis, and after one of another version of the model. */
export async function latestModel(
  workspace: Pick<Workspace, 'latestModel'>,
  project: string,
): Promise<LatestModel | null> {
  const found = await workspace.latestModel(project);
  if (found === null) return null;
  const { success, data } = frozenModelSchema.safeParse(unpacked(found.model));
  return success ? { ...found, model: data } : null;
}

/** JSON, compressed with zstd. */
export const packed = (value: unknown): Uint8Array => zstdCompressSync(JSON.stringify(value));

export const unpacked = (bytes: Uint8Array): unknown =>
  JSON.parse(zstdDecompressSync(bytes).toString());
