/** Something with bytes to read: a file, standard input, a request body. Compression is already undone. */
export interface ByteSource {
  /** Shown to people: path or `-`. */
  readonly name: string;
  /** Size on disk in bytes before decompression, null when not known. */
  readonly size: number | null;
  /**
   * The records of each trace follow one another, and all scores about it are among them: a trace is whole once the next one
   * begins. Default: they may be anywhere.
   */
  readonly isGrouped?: true;
  /** Fresh stream from the start, every time: an input is read twice. */
  open(): AsyncIterable<Uint8Array>;
  /** How many of the `size` bytes on disk the last opened stream has consumed. Missing: count what `open` gave. */
  position?(): number;
  /** Bytes `start` to `end` (exclusive) of an uncompressed file, where random access is to be had. */
  slice?(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Gives up what is held so that a pipe can be read again. */
  close?(): Promise<void>;
}
