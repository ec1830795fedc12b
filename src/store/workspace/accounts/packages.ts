// biome-ignore-all lint/performance/noBarrelFile: the one place where packages of the accounts are imported

/** The packages that accounts alone need: loaded when accounts are on. A build replaces this file by a bundle of them. */
export { drizzleAdapter } from 'better-auth/adapters/drizzle';
export { betterAuth } from 'better-auth/minimal';
