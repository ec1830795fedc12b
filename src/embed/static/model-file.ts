import { CulpritError } from '../../contract/culprit-error.ts';

/** Vectors of tokens, quantized: the vector of token t is `scales[t]` × row t of `matrix`. */
export interface StaticModel {
  readonly name: string;
  readonly dimensions: number;
  readonly vocabulary: readonly string[];
  /** Includes the smooth inverse frequency weight; 0 for tokens without meaning. */
  readonly scales: Float32Array;
  /** tokens × dimensions, row-major. */
  readonly matrix: Int8Array;
}

const MAGIC = 'CULPVECS';
const VERSION = 1;
const HEADER_BYTES = 28;

/**
 * Reads a model file. Little-endian: magic `CULPVECS`, then five uint32: version, tokens n, dimensions d, length of the
 * name, length of the tokens; the name, padded with spaces to a multiple of 4; n float32 scales; n × d int8; n tokens in
 * UTF-8, joined by line feeds. The matrix is a view of `bytes`. Throws `embedder_failed` on anything else.
 */
export function readModelFile(bytes: Uint8Array): StaticModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder();
  if (bytes.length < HEADER_BYTES || decoder.decode(bytes.subarray(0, 8)) !== MAGIC) {
    throw damaged('it does not start like a model file');
  }
  const [version, tokens, dimensions, nameBytes, tokenBytes] = [8, 12, 16, 20, 24].map((at) =>
    view.getUint32(at, true),
  ) as [number, number, number, number, number];
  if (version !== VERSION) throw damaged(`it has version ${version}, not ${VERSION}`);
  const scalesAt = HEADER_BYTES + nameBytes;
  const matrixAt = scalesAt + tokens * 4;
  const tokensAt = matrixAt + tokens * dimensions;
  const expected = tokensAt + tokenBytes;
  if (bytes.length !== expected) {
    throw damaged(`it has ${bytes.length} bytes but its header says ${expected}`);
  }
  const vocabulary = decoder.decode(bytes.subarray(tokensAt)).split('\n');
  if (vocabulary.length !== tokens) {
    throw damaged(`it has ${vocabulary.length} tokens, not ${tokens}`);
  }
  const scales = Float32Array.from({ length: tokens }, (_, token) =>
    view.getFloat32(scalesAt + token * 4, true),
  );
  if (dimensions === 0 || !scales.every(Number.isFinite))
    throw damaged('its numbers are not finite');
  return {
    name: decoder.decode(bytes.subarray(HEADER_BYTES, scalesAt)).trimEnd(),
    dimensions,
    vocabulary,
    scales,
    matrix: new Int8Array(bytes.buffer, bytes.byteOffset + matrixAt, tokens * dimensions),
  };
}

const damaged = (why: string): CulpritError =>
  new CulpritError(
    'embedder_failed',
    `The static model is damaged: ${why}. Reinstall culprit, or choose another embedder.`,
  );
