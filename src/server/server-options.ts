import type { Operator } from '../contract/operator.ts';
import type { ProviderRules } from './accounts/accounts.ts';
import type { BodyLimits } from './http/body.ts';
import type { RequestTimes } from './http/request-times.ts';
import type { ImportLimits } from './import/imports.ts';
import type { OpenTraceLimits } from './ingest/open-traces.ts';
import type { SpoolLimits } from './ingest/spool.ts';

export interface ServerOptions {
  readonly host: string;
  /** People sign in, also on loopback. */
  readonly auth?: boolean;
  /** Under which browsers reach the server, where something stands before it. */
  readonly address?: string | null;
  /** An OpenID Connect provider that people sign in with; needs `address`. Default: passwords alone. */
  readonly provider?: ProviderRules | null;
  /** Addresses and networks of proxies whose `X-Forwarded-For` counts. Default: none. */
  readonly trustedProxies?: readonly string[];
  /** The secret of who runs the server, which may do everything in every project; null for none. */
  readonly operatorKey?: string | null;
  /** Each port answers everything; 0 takes any that is free. */
  readonly ports: readonly number[];
  /** Port of OTLP over gRPC; 0 takes any that is free. Default: none. */
  readonly grpcPort?: number;
  readonly openTraces?: Partial<OpenTraceLimits>;
  readonly bodies?: Partial<BodyLimits>;
  readonly spool?: Partial<SpoolLimits>;
  /** Threads that decode what is received. Default 1; one decodes about 80 MB/s. */
  readonly decodeThreads?: number;
  readonly imports?: Partial<ImportLimits>;
  readonly times?: Partial<RequestTimes>;
  /** Milliseconds between two looks for finished traces. Default 500; null: only `tick` looks. */
  readonly tick?: number | null;
  /** Milliseconds between two analyses of a project that gets traces. Default an hour; null: only on demand. */
  readonly analyze?: number | null;
  /** What only the operator says: where alerts may go, what may score traces. Default: nowhere, nothing. */
  readonly operator?: Operator;
}
