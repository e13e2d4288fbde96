/** A request that carries its signature in the Authorization header. */
export interface SignedRequest {
  /** All headers to send, names in lower case: those given, and those of the signature. */
  readonly headers: Record<string, string>;
  /** The text that was signed; compare it with the one in a SignatureDoesNotMatch answer. */
  readonly stringToSign: string;
  /** V4 only: the text whose hash is in the string to sign. */
  readonly canonicalRequest?: string;
}
