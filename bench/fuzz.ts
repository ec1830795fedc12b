import { parseArgs } from 'node:util';
import { fuzz } from '../test/fuzz/fuzz.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
  },
});

const faults = await fuzz({
  seed: Number(values.seed),
  from: Number(values.from),
  count: Number(values.count),
  patienceMs: 10_000,
  onProgress: (index) => {
    if (index % 1000 === 0) process.stderr.write(`${index}\n`);
  },
});
for (const { index, what } of faults) process.stdout.write(`${index}: ${JSON.stringify(what)}\n`);
process.stdout.write(`${faults.length} faults in ${values.count} inputs, seed ${values.seed}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
