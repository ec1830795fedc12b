/** Reads what `RowBytes` writes: ClickHouse's RowBinary, little-endian. */
export class RowReader {
  readonly #bytes: Buffer;
  #at = 0;
  #lastText = '';
  #lastValue: unknown = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  uint8(): number {
    return this.#bytes[this.#at++] as number;
  }

  uint16(): number {
    const value = this.#bytes.readUInt16LE(this.#at);
    this.#at += 2;
    return value;
  }

  uint32(): number {
    const value = this.#bytes.readUInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  nullableFloat64(): number | null {
    if (this.uint8() === 1) return null;
    const value = this.#bytes.readDoubleLE(this.#at);
    this.#at += 8;
    return value;
  }

  /** DateTime64(6) as epoch milliseconds. */
  moment(): number {
    const low = this.#bytes.readUInt32LE(this.#at);
    const high = this.#bytes.readInt32LE(this.#at + 4);
    this.#at += 8;
    return (high * HALF + low) / 1000;
  }

  text(): string {
    const size = this.#varint();
    const start = this.#at;
    this.#at += size;
    return this.#bytes.toString('utf8', start, this.#at);
  }

  /** JSON in a String; null for ''. */
  json(): unknown {
    const text = this.text();
    return text === '' ? null : JSON.parse(text);
  }

  /** JSON of a column that hardly changes from row to row: the same text as before gives the same object. */
  shared(): unknown {
    const text = this.text();
    if (text === '') return null;
    if (text !== this.#lastText) {
      this.#lastText = text;
      this.#lastValue = JSON.parse(text);
    }
    return this.#lastValue;
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.uint8();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
}

const HALF = 2 ** 32;
