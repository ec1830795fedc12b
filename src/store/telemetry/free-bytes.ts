import { statfs } from 'node:fs/promises';

/** Bytes that a user without privileges may still write to the disk of a folder. Rejects where the system does not say. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
