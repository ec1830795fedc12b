/** Runs one kernel on one file of vectors, in its own process to measure its peak memory. */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  hdbscan,
  kmeans,
  nearestNeighbors,
  trustworthiness,
  umap,
} from '../src/numeric/numeric.ts';

export interface NumericRun {
  readonly kernel: string;
  readonly body: string;
  readonly pointsFile: string;
  readonly outFile: string;
  readonly n: number;
  readonly dimensions: number;
  readonly runs: number;
}

const NEIGHBORS = 15;
const CLUSTERS = 50;

if (import.meta.main) {
  const run = JSON.parse(process.argv[2]!) as NumericRun;
  const points = new Float32Array(new Uint8Array(readFileSync(run.pointsFile)).buffer);
  const started = process.resourceUsage().maxRSS;
  let quality: Record<string, number> = {};
  const times: number[] = [];
  const cpuTimes: number[] = [];
  for (let i = 0; i < run.runs; i++) {
    const from = performance.now();
    const cpuFrom = process.cpuUsage();
    const finishRun = execute(run, points);
    times.push((performance.now() - from) / 1000);
    const cpu = process.cpuUsage(cpuFrom);
    cpuTimes.push((cpu.user + cpu.system) / 1e6);
    if (i === run.runs - 1) {
      const peakMb = process.resourceUsage().maxRSS / 1024;
      quality = { peakMb, startMb: started / 1024, ...finishRun() };
    }
  }
  const seconds = Math.min(...times);
  const meanSeconds = times.reduce((a, b) => a + b) / times.length;
  const cpuSeconds = Math.min(...cpuTimes);
  console.log(JSON.stringify({ seconds, meanSeconds, cpuSeconds, ...quality }));
}

/** Runs the kernel; the returned function measures quality, outside the timing. */
function execute(run: NumericRun, points: Float32Array): () => Record<string, number> {
  const { dimensions, n } = run;
  switch (run.kernel) {
    case 'knn': {
      const graph = nearestNeighbors(points, { dimensions, k: NEIGHBORS, seed: 1 });
      return () => ({ recall: graph.recall });
    }
    case 'hdbscan': {
      const result = hdbscan(points, {
        dimensions,
        minClusterSize: minClusterSize(n),
        minSamples: 5,
      });
      return () => {
        writeFileSync(run.outFile, new Uint8Array(result.labels.buffer));
        const noise = result.labels.filter((label) => label < 0).length / n;
        return { clusters: result.persistence.length, noise };
      };
    }
    case 'kmeans': {
      const result = kmeans(points, { dimensions, k: CLUSTERS, seed: 1 });
      return () => {
        writeFileSync(run.outFile, new Uint8Array(result.labels.buffer));
        return { inertia: result.inertia };
      };
    }
    case 'umap': {
      const layout = umap(points, { dimensions, seed: 1 });
      return () => ({
        trustworthiness: trustworthiness(points, layout, { dimensions, k: NEIGHBORS }),
      });
    }
    default:
      throw new Error(`no kernel ${run.kernel}`);
  }
}

/** As in numeric.py. */
function minClusterSize(n: number): number {
  return Math.max(10, Math.round(n / 1000));
}
