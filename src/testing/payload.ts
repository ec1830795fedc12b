import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Json } from '../contract/json.ts';

const FOLDER = resolve(import.meta.dirname, '../../test/fixtures/traces');

/** Names of the hand-written payloads, one per shape and dialect that collect reads. */
export const payloadNames = (): readonly string[] => readdirSync(FOLDER).sort();

export const payloadJson = (name: string): Json =>
  JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8')) as Json;
