/** Messages of PostgreSQL's protocol as a client sends them, cut out of the pieces in which they arrive. */
export interface WireMessages {
  /** Takes the next piece; gives the messages that are whole by now. Throws for what is no protocol of PostgreSQL. */
  take(piece: Buffer): readonly WireMessage[];
}

export interface WireMessage {
  /** First letter of its type; '' for those that open a connection. */
  readonly type: string;
  /** Of messages that open a connection. */
  readonly code: number | null;
  /** With type and length. */
  readonly bytes: Uint8Array;
}

/** Versions and requests that open a connection. */
export const OPENING = { startup: 196_608, ssl: 80_877_103, encryption: 80_877_104 } as const;

/** The longest message. Analyses, the largest things that are kept, take some megabytes. */
const MAX_BYTES = 512 * 1024 * 1024;

export function wireMessages(): WireMessages {
  let isOpen = false;
  let pieces: Buffer[] = [];
  let size = 0;

  const next = (): WireMessage | null => {
    const head = isOpen ? 5 : 8;
    if (size < head) return null;
    const first = joined();
    const length = isOpen ? 1 + first.readUInt32BE(1) : first.readUInt32BE(0);
    if (length < head || length > MAX_BYTES) throw new Error(`a message of ${length} bytes`);
    if (size < length) return null;
    const bytes = new Uint8Array(first.subarray(0, length));
    pieces = first.length > length ? [first.subarray(length)] : [];
    size -= length;
    if (isOpen) return { type: String.fromCharCode(bytes[0]!), code: null, bytes };
    const code = first.readUInt32BE(4);
    isOpen = code === OPENING.startup;
    return { type: '', code, bytes };
  };
  /** Joined only when the length that the first one tells has arrived, else it would be copied with every piece. */
  const joined = (): Buffer => {
    const [first] = pieces as [Buffer, ...Buffer[]];
    const head = isOpen ? 5 : 8;
    if (first.length >= head) {
      const length = isOpen ? 1 + first.readUInt32BE(1) : first.readUInt32BE(0);
      if (size < length) return first;
    }
    const whole = pieces.length === 1 ? first : Buffer.concat(pieces, size);
    pieces = [whole];
    return whole;
  };
  return {
    take(piece) {
      pieces.push(piece);
      size += piece.length;
      const messages: WireMessage[] = [];
      for (let message = next(); message !== null; message = next()) messages.push(message);
      return messages;
    },
  };
}
