import { enableCompileCache } from 'node:module';

/** Compiled code is kept in the user's temporary folder: a second start takes a third of the time. */
enableCompileCache();
const { main } = await import('./program.ts');
await main();
