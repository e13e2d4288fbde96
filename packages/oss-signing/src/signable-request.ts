/**
 * Query parameters, decoded. A parameter without a value has the value `''`: OSS treats `?acl` and `?acl=` alike.
 * Use the list form when a name occurs more than once.
 */
export type QueryParameters = Readonly<Record<string, string>> | ReadonlyArray<readonly [name: string, value: string]>;

/** The parts of an HTTP request that OSS signs, the same for a client that signs and a server that verifies. */
export interface SignableRequest {
  /** HTTP verb, any case. */
  readonly method: string;
  /** Bucket name; left out for requests to the service itself. Always given, however the host addresses it. */
  readonly bucket?: string | undefined;
  /** Object key: raw Unicode, not percent-encoded, no leading slash; left out for requests to a bucket. */
  readonly key?: string | undefined;
  /** Decoded query parameters. */
  readonly query?: QueryParameters | undefined;
  /** Header names in any case; values as Unicode text. Join repeated headers with a comma, in order. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
