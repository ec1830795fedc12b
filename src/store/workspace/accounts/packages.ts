// biome-ignore-all lint/performance/noBarrelFile: the one place where packages of the accounts are imported

export { drizzleAdapter } from 'better-auth/adapters/drizzle';
/** The packages that accounts alone need: loaded when accounts are on. A build replaces this file by a bundle of them. */
export { APIError } from 'better-auth/api';
export { betterAuth } from 'better-auth/minimal';
export { genericOAuth } from 'better-auth/plugins/generic-oauth';
