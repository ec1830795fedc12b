/** Bytes of rows in ClickHouse's RowBinary, little-endian; grows as needed. */
export class RowBytes {
  #bytes: Buffer<ArrayBuffer>;
  #at = 0;
  #lastObject: object | undefined;
  #lastText = '';

  constructor(capacity = 1 << 20) {
    this.#bytes = Buffer.from(new ArrayBuffer(capacity));
  }

  get length(): number {
    return this.#at;
  }

  /** A copy of what was written. */
  taken(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer.slice(0, this.#at));
  }

  uint8(value: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = value;
  }

  uint16(value: number): void {
    this.#room(2);
    this.#at = this.#bytes.writeUInt16LE(bounded(value, 0xffff), this.#at);
  }

  uint32(value: number): void {
    this.#room(4);
    this.#at = this.#bytes.writeUInt32LE(bounded(value, 0xffffffff), this.#at);
  }

  uint64(value: number): void {
    this.#wide(bounded(value, Number.MAX_SAFE_INTEGER));
  }

  float32(value: number): void {
    this.#room(4);
    this.#at = this.#bytes.writeFloatLE(value, this.#at);
  }

  float64(value: number): void {
    this.#room(8);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  nullableFloat64(value: number | null): void {
    this.uint8(value === null ? 1 : 0);
    if (value !== null) this.float64(value);
  }

  /** DateTime64(6) of epoch milliseconds. */
  moment(milliseconds: number): void {
    this.#wide(Math.round(milliseconds * 1000));
  }

  /** String and LowCardinality(String), in UTF-8; a lone surrogate becomes U+FFFD. */
  text(value: string): void {
    // Three bytes for each code unit at most.
    const size = value.length < 42 ? 0 : Buffer.byteLength(value);
    this.#room((size || 126) + MAX_VARINT);
    if (size === 0) {
      const written = this.#bytes.write(value, this.#at + 1);
      this.#bytes[this.#at] = written;
      this.#at += written + 1;
      return;
    }
    this.#varint(size);
    this.#at += this.#bytes.write(value, this.#at);
  }

  /** JSON in a String; '' for undefined. */
  json(value: object | undefined): void {
    if (value === undefined) this.uint8(0);
    else this.text(JSON.stringify(value));
  }

  /** JSON of a column that many rows share an object of: it is written out once as long as it comes again. */
  shared(value: object | undefined): void {
    if (value !== this.#lastObject) {
      this.#lastObject = value;
      this.#lastText = value === undefined ? '' : JSON.stringify(value);
    }
    this.text(this.#lastText);
  }

  /** Array(String). */
  texts(values: readonly string[]): void {
    this.#room(MAX_VARINT);
    this.#varint(values.length);
    for (const value of values) this.text(value);
  }

  /** Map(String, Float64). */
  numbers(values: Readonly<Record<string, number>>): void {
    const keys = Object.keys(values);
    this.#room(MAX_VARINT);
    this.#varint(keys.length);
    for (const key of keys) {
      this.text(key);
      this.float64(values[key] as number);
    }
  }

  #wide(value: number): void {
    this.#room(8);
    const high = Math.floor(value / HALF);
    this.#at = this.#bytes.writeUInt32LE(value - high * HALF, this.#at);
    this.#at = this.#bytes.writeInt32LE(high, this.#at);
  }

  #varint(value: number): void {
    let left = value;
    while (left > 127) {
      this.#bytes[this.#at++] = (left & 127) | 128;
      left >>>= 7;
    }
    this.#bytes[this.#at++] = left;
  }

  #room(size: number): void {
    if (this.#at + size <= this.#bytes.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(this.#bytes.length * 2, this.#at + size)));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

const HALF = 2 ** 32;
const MAX_VARINT = 5;

/** A whole number from 0 to `max`; what is no number counts as 0. */
const bounded = (value: number, max: number): number =>
  value > 0 ? Math.min(Math.round(value), max) : 0;
