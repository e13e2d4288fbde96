import type { IncomingMessage } from 'node:http';
import type { RawBody } from './read-raw-body.ts';

/** What is known of a callback request before anything has looked into its body. */
export interface CallbackArrival {
  /** `performance.now()` when the headers were there: OSS's five seconds run from about then. */
  readonly arrivedAtMs: number;
  readonly body: RawBody;
}

const arrivals = new WeakMap<IncomingMessage, CallbackArrival>();

/** Remembers the arrival under Node's own request object, which every framework hands on unchanged. */
export function recordArrival(request: IncomingMessage, arrival: CallbackArrival): void {
  arrivals.set(request, arrival);
}

export function findArrival(request: IncomingMessage): CallbackArrival | undefined {
  return arrivals.get(request);
}
