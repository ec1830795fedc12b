import { rmSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEBIBYTE = 1024 * 1024;
/** Shorter inputs never touch the disk. */
const HELD_BYTES = 8 * MEBIBYTE;
const READ_BYTES = MEBIBYTE;

/** Bytes from a pipe, stored so that they can be read again. */
export interface Spool {
  /** Reads from the start, and from the pipe for bytes not read before. One read at a time. */
  readonly read: () => AsyncGenerator<Uint8Array>;
  /** Deletes the temporary file. */
  readonly close: () => Promise<void>;
}

/**
 * Stores a pipe's bytes as they are read: up to 8 MiB in memory, more than that in a file in the system's temporary
 * folder, which only the user can read. The file is deleted by `close`, or when the process exits.
 */
export function spool(pipe: AsyncIterable<Uint8Array>, heldBytes: number = HELD_BYTES): Spool {
  const source = pipe[Symbol.asyncIterator]();
  let held: Uint8Array[] = [];
  let heldSize = 0;
  let file: TemporaryFile | null = null;

  const keep = async (bytes: Uint8Array): Promise<void> => {
    if (file === null && heldSize + bytes.length <= heldBytes) {
      // Copied: streams may reuse their memory.
      held.push(bytes.slice());
      heldSize += bytes.length;
      return;
    }
    if (file === null) {
      file = await temporaryFile();
      for (const piece of held) await file.append(piece);
      held = [];
    }
    await file.append(bytes);
  };

  let pulled: Promise<unknown> = Promise.resolve();
  const pull = (): Promise<IteratorResult<Uint8Array>> => {
    const next = source.next().then(async (result) => {
      if (!result.done) await keep(result.value);
      return result;
    });
    pulled = next;
    return next;
  };

  return {
    async *read() {
      // An abandoned read may still be waiting for the pipe.
      await pulled;
      yield* held;
      if (file !== null) yield* file.read();
      for (let next = await pull(); !next.done; next = await pull()) yield next.value;
    },
    async close() {
      await source.return?.();
      await file?.close();
    },
  };
}

interface TemporaryFile {
  readonly append: (bytes: Uint8Array) => Promise<void>;
  readonly read: () => AsyncGenerator<Uint8Array>;
  readonly close: () => Promise<void>;
}

async function temporaryFile(): Promise<TemporaryFile> {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-'));
  const handle = await open(join(folder, 'input'), 'wx+', 0o600);
  const atExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', atExit);
  let size = 0;
  return {
    async append(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, size);
        at += bytesWritten;
        size += bytesWritten;
      }
    },
    async *read() {
      const end = size;
      for (let at = 0; at < end; ) {
        const bytes = new Uint8Array(Math.min(READ_BYTES, end - at));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, at);
        if (bytesRead === 0) return;
        yield bytes.subarray(0, bytesRead);
        at += bytesRead;
      }
    },
    async close() {
      process.off('exit', atExit);
      await handle.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
