import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own that a test can fill. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves no byte free. */
  readonly fill: () => void;
  /** Takes away what filled it. */
  readonly free: () => void;
  readonly remove: () => void;
}

/** In memory; null where the system does not allow it, which needs root. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-disk-'));
  try {
    const size = `size=${megabytes}m,mode=700`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  const ballast = (nth: number): string => join(folder, `ballast-${nth}`);
  let files = 0;
  return {
    folder,
    fill() {
      for (const unit of [1 << 20, 4096])
        while (statfsSync(folder).bavail * statfsSync(folder).bsize >= unit)
          writeFileSync(ballast(files++), Buffer.alloc(unit));
    },
    free() {
      for (; files > 0; files--) rmSync(ballast(files - 1), { force: true });
    },
    remove() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether a test may make a disk; says so where not. */
export function canMakeDisks(): boolean {
  const disk = smallDisk(1);
  if (disk === null) console.warn('skipped: a full disk: only root may mount a small one here');
  disk?.remove();
  return disk !== null;
}
