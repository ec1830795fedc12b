import { gzipSync, zstdCompressSync } from 'node:zlib';
import { hostileTrace, hostileValue } from './hostile.ts';
import { Random } from './random.ts';

export interface FuzzInput {
  readonly kind: string;
  readonly bytes: Uint8Array;
  /** Ids of the traces that went in; null where the damage leaves nobody able to say. */
  readonly ids: readonly string[] | null;
}

/** One input: a payload of ours with seeded damage, rows in a damaged container, or hostile values. */
export function fuzzInput(seed: number, index: number, payloads: readonly Uint8Array[]): FuzzInput {
  const random = new Random(seed, index);
  switch (random.whole(10)) {
    case 0:
    case 1:
    case 2:
      return damagedRows(random);
    case 3:
    case 4:
      return hostile(random);
    case 5:
    case 6:
      return { kind: 'values', bytes: withHostileValues(random, random.one(payloads)), ids: null };
    default:
      return { kind: 'bytes', bytes: damagedBytes(random, random.one(payloads)), ids: null };
  }
}

function hostile(random: Random): FuzzInput {
  const count = 1 + random.whole(3);
  const lines = Array.from({ length: count }, () => `${JSON.stringify(hostileTrace(random))}\n`);
  return { kind: 'hostile', bytes: compressed(random, lines.join('')), ids: null };
}

function compressed(random: Random, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return [bytes, bytes, bytes, gzipSync(bytes), zstdCompressSync(bytes)][
    random.whole(5)
  ] as Uint8Array;
}

/** Bits, cuts, deletions, repeats and joins. */
function damagedBytes(random: Random, payload: Uint8Array): Uint8Array {
  let bytes = payload.slice();
  for (let times = 1 + random.whole(4); times > 0; times--) {
    const at = random.whole(bytes.length);
    const end = at + random.whole(Math.min(200, bytes.length - at));
    switch (random.whole(6)) {
      case 0:
        if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.whole(8));
        break;
      case 1:
        bytes = bytes.slice(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
        break;
      case 4:
        bytes = Buffer.concat([bytes, bytes.subarray(at)]);
        break;
      default:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from(
            random.one(['"', '{', '}', '[', ']', ',', '\n', '\0', '\u001b', ':', '\\', '\ufffd']),
          ),
          bytes.subarray(at),
        ]);
    }
  }
  return bytes;
}

/** Values of a JSON payload replaced, wrapped or encoded once more; other payloads get damaged bytes. */
function withHostileValues(random: Random, payload: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(payload);
  const lines = text.trim().split('\n');
  const asLines = lines.map(parsed);
  const whole = asLines.includes(undefined) ? parsed(text) : undefined;
  if (whole === undefined && asLines.includes(undefined)) return damagedBytes(random, payload);
  const values = whole === undefined ? asLines : [whole];
  for (let times = 1 + random.whole(5); times > 0; times--) replaceOne(random, values);
  return new TextEncoder().encode(values.map((value) => JSON.stringify(value)).join('\n'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function replaceOne(random: Random, root: unknown): void {
  let parent = root as Record<string, unknown>;
  for (let depth = random.whole(12); ; depth--) {
    const keys = Object.keys(parent);
    if (keys.length === 0) return;
    const key = random.one(keys);
    const value = parent[key];
    if (depth > 0 && typeof value === 'object' && value !== null) {
      parent = value as Record<string, unknown>;
      continue;
    }
    parent[key] = random.one([
      () => hostileValue(random),
      () => JSON.stringify(value),
      () => [value],
      () => ({ value }),
      () => parent[random.one(keys)],
      () => undefined,
    ])();
    return;
  }
}

interface Row {
  readonly trace_id: string;
  readonly input: string;
  readonly output: string;
}

/** Rows with known ids in a container, one of them damaged in a way that leaves the others readable. */
function damagedRows(random: Random): FuzzInput {
  const count = 3 + random.whole(60);
  const rows: Row[] = Array.from({ length: count }, (_, at) => ({
    trace_id: `t${at}`,
    input: random.one(['What is the weather?', 'say "hi", please', 'a, b; c', 'ü 漢']),
    output: `answer ${at}`,
  }));
  // In JSON Lines the first two rows share a line and stay sound.
  const at = 2 + random.whole(count - 2);
  const container = random.one(['json-lines', 'list', 'pretty', 'csv', 'wrapper', 'frames']);
  return {
    kind: `rows in ${container}`,
    bytes: rowsIn(container, random, rows, at),
    ids: rows.map((row) => row.trace_id),
  };
}

const DAMAGE: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.slice(0, -1),
  (text) => text.slice(0, -3),
  (text) => text.replace('"input"', '"input'),
  (text) => text.replace(/"answer (\d+)"/, '"answer $1""'),
  (text) => text.replace(':', ''),
  (text) => text.replace('answer', 'ans"wer'),
  (text) => text.replace('answer', '\u0000'),
];

function rowsIn(container: string, random: Random, rows: readonly Row[], at: number): Uint8Array {
  const damage = random.one(DAMAGE);
  const written = (indent: number): string[] =>
    rows.map((row, index) => {
      const text = JSON.stringify(row, null, indent);
      return index === at ? damage(text) : text;
    });
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (container) {
    case 'list':
      return encode(`[${written(0).join(random.one([',', ',\n']))}]`);
    case 'pretty':
      return encode(`[\n${written(2).join(',\n')}\n]\n`);
    case 'csv': {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      const stray = random.one(['', '"']);
      const lines = rows.map(({ trace_id: id, input, output }, index) =>
        index === at ? `${id},${stray}${output},x` : `${id},${quoted(input)},${output}`,
      );
      return encode(`trace_id,input,output\n${lines.join('\n')}\n`);
    }
    case 'wrapper':
      return encode(JSON.stringify({ data: [], traces: rows.slice(0, at), items: rows.slice(at) }));
    case 'frames': {
      const lines = rows.map((row) => Buffer.from(`${JSON.stringify(row)}\n`));
      const [first, second] = [lines.slice(0, at), lines.slice(at)].map((part) =>
        Buffer.concat(part),
      );
      return Buffer.concat([zstdCompressSync(first as Buffer), zstdCompressSync(second as Buffer)]);
    }
    default: {
      const lines = written(0);
      const joined = random.one([', ', ' ', '']);
      return encode(`${lines.slice(0, 2).join(joined)}\n${lines.slice(2).join('\n')}\n`);
    }
  }
}
