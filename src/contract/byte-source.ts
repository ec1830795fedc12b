/** Something with bytes to read: a file, standard input, a request body. Compression is already undone. */
export interface ByteSource {
  /** Shown to people: path or `-`. */
  readonly name: string;
  /** Size on disk in bytes before decompression, null when not known. */
  readonly size: number | null;
  /** Fresh stream from the start; a pipe can be opened once. */
  open(): AsyncIterable<Uint8Array>;
}
