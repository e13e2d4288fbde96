import type { QueryParameters } from './signable-request.ts';

type QueryEntry = readonly [name: string, value: string];

/** Query parameters as a list of pairs, in the caller's order. */
export function queryEntries(query: QueryParameters = []): readonly QueryEntry[] {
  return isEntryList(query) ? query : Object.entries(query);
}

// Array.isArray does not narrow a union with a ReadonlyArray.
function isEntryList(query: QueryParameters): query is readonly QueryEntry[] {
  return Array.isArray(query);
}
