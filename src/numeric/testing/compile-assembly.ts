import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import asc from 'assemblyscript/asc';

const folder = resolve(import.meta.dirname, '../wasm');

/** The TypeScript module that holds what `wasm/<name>.assembly` compiles to, for memory of its own or shared between threads. */
export async function compiledModule(
  name: string,
  constant: string,
  isShared: boolean,
): Promise<string> {
  const sharing = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];
  const source = readFileSync(resolve(folder, `${name}.assembly`), 'utf8');
  let binary = new Uint8Array();
  const { error, stderr } = await asc.main(
    ['input.ts', '--outFile', 'output.wasm', '-O3', '--noAssert', '--enable', 'simd'].concat(
      ['--runtime', 'stub', '--importMemory'],
      isShared ? sharing : [],
    ),
    {
      readFile: (file) => (file === 'input.ts' ? source : null),
      writeFile: (_, contents) => {
        if (typeof contents !== 'string') binary = Uint8Array.from(contents);
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${name}.assembly does not compile: ${stderr}`, { cause: error });
  const base64 = Buffer.from(binary).toString('base64');
  return `/** Compiled from ${name}.assembly; written by \`vitest run -u\` on its test. */\nexport const ${constant} =\n  '${base64}';\n`;
}
