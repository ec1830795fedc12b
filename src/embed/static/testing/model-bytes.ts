interface Token {
  readonly token: string;
  readonly scale: number;
  readonly row: readonly number[];
}

/** A model file written as its format says, by hand. */
export function modelBytes(name: string, tokens: readonly Token[]): Uint8Array {
  const encoder = new TextEncoder();
  const names = encoder.encode(name.padEnd(Math.ceil(name.length / 4) * 4));
  const words = encoder.encode(tokens.map(({ token }) => token).join('\n'));
  const counts = [1, tokens.length, tokens[0]?.row.length ?? 0, names.length, words.length];
  return new Uint8Array([
    ...encoder.encode('CULPVECS'),
    ...new Uint8Array(Uint32Array.from(counts).buffer),
    ...names,
    ...new Uint8Array(Float32Array.from(tokens, ({ scale }) => scale).buffer),
    ...new Uint8Array(Int8Array.from(tokens.flatMap(({ row }) => row)).buffer),
    ...words,
  ]);
}
