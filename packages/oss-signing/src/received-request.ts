import { headerFields } from './header-fields.ts';
import { queryEntries } from './query-entries.ts';
import type { SignableRequest } from './signable-request.ts';

/** A request to verify, with its headers and parameters looked up once. */
export interface ReceivedRequest {
  readonly request: SignableRequest;
  /** Lower-case name → trimmed value. */
  readonly headers: ReadonlyMap<string, string>;
  /** Name → its first value. Names are case-sensitive; `''` is a parameter without a value. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Prepares a request for the verifiers. */
export function receiveRequest(request: SignableRequest): ReceivedRequest {
  const parameters = new Map<string, string>();
  for (const [name, value] of queryEntries(request.query)) {
    if (!parameters.has(name)) {
      parameters.set(name, value);
    }
  }
  return { request, headers: headerFields(request.headers), parameters };
}
