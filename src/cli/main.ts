#!/usr/bin/env node
// Old Node parses this file before it can say anything, so it imports nothing and uses old syntax only.

const needed = [22, 18];
const running = process.versions.node.split('.').map(Number);

if (isOlder(running, needed)) {
  process.stderr.write(
    `error culprit needs Node.js ${needed.join('.')} or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org\n`,
  );
  process.exitCode = 1;
} else {
  void import('./start.ts');
}

function isOlder(version: readonly number[], than: readonly number[]): boolean {
  return version[0] === than[0]
    ? Number(version[1]) < Number(than[1])
    : Number(version[0]) < Number(than[0]);
}
