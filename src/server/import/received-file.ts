import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ByteSource } from '../../contract/byte-source.ts';
import { fileSource } from '../../platform/file-source.ts';
import { RequestError } from '../http/problem.ts';

/**
 * Writes the body of a request to a private temporary file and works on that: files may be larger than memory, are read twice, and
 * Parquet is read from its end. A client that goes away half way has sent nothing. Throws RequestError.
 */
export async function withReceivedFile<Result>(
  request: IncomingMessage,
  { name, bytes }: { readonly name: string; readonly bytes: number },
  work: (source: ByteSource) => Promise<Result>,
): Promise<Result> {
  checkEncoding(request);
  const folder = await mkdtemp(join(tmpdir(), 'culprit-import-'));
  try {
    const path = join(folder, 'body');
    await pipeline(request, atMost(bytes), createWriteStream(path, { mode: 0o600 })).catch(
      (error: unknown) => {
        throw error instanceof RequestError ? error : gone(error);
      },
    );
    return await work({ ...(await fileSource(path)), name });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function atMost(most: number): Transform {
  let size = 0;
  return new Transform({
    transform(piece: Buffer, _, done) {
      size += piece.length;
      if (size <= most) done(null, piece);
      else done(tooLarge(most));
    },
  });
}

/** gzip and zstd are recognized by their bytes, as in files. */
function checkEncoding({ headers }: IncomingMessage): void {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (['identity', 'gzip', 'x-gzip', 'zstd', ''].includes(encoding)) return;
  throw new RequestError({
    status: 415,
    code: 'unknown_encoding',
    detail: `the encoding ${encoding.slice(0, 40)} is not known; use gzip, zstd or none`,
  });
}

const tooLarge = (most: number): RequestError =>
  new RequestError({
    status: 413,
    code: 'too_large',
    detail: `the file is larger than ${Math.round(most / 1024 / 1024)} MiB as it is sent; compress or split it`,
  });

const gone = (cause: unknown): RequestError =>
  new RequestError(
    { status: 400, code: 'gone', detail: 'the body ended early; nothing of it was stored' },
    { cause },
  );
