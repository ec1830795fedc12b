/** Any value JSON can hold, as parsed. Objects come without prototype keys (`__proto__`, `constructor`, `prototype`). */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
