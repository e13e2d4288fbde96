/** Why the texts that were signed differ, and what to look at. */
export const mismatchHints = {
  'same-text':
    'Both sides signed the same text, so they used different keys: check that the AccessKey secret belongs to this AccessKey ID and has no blank or line break around it.',
  'carriage-return': 'The client wrote lines that end in CR LF; every line ends in LF alone.',
  'trailing-newline': 'The texts differ in white space at the end; there is no newline after the last line.',
  algorithm: 'The client signed with another signature version than the request names.',
  'date-time':
    'The time that was signed is not the one that was sent: read the clock once, and use it for x-oss-date (or Date) and for the signature.',
  'sign-date': 'The day in the scope must be the UTC day of x-oss-date.',
  region: 'Another region was signed than the bucket is in; it is written cn-hangzhou, not oss-cn-hangzhou.',
  product: 'Another product was signed; it is oss, for cloud boxes oss-cloudbox.',
  scope: 'The scope must be <day>/<region>/<product>/aliyun_v4_request.',
  'canonical-request':
    'The canonical requests differ, and one of them is not known here: compare the client’s with the CanonicalRequest of the answer.',
  method: 'The request was sent with another method than was signed; it is written in upper case.',
  'encoded-slash': 'The slashes of a key stay slashes; they are not percent-encoded.',
  'escape-case': 'Percent escapes are written with upper-case hexadecimal digits.',
  'plus-for-blank': 'A blank is encoded as %20, not as +.',
  'encoded-twice': 'One side encoded twice: escapes were escaped again.',
  'not-encoded': 'One side did not percent-encode, or encodes fewer characters: everything but A-Z a-z 0-9 - . _ ~ is.',
  'v1-encoded': 'V1 signs the key and the parameters as they are, not percent-encoded.',
  'bucket-missing': 'The bucket is always signed, as /bucket/key, whether the host names it or the path does.',
  uri: 'Another object was requested than was signed; keys are case-sensitive, and some HTTP clients collapse "..", "." and "//".',
  'parameter-order': 'Query parameters are sorted by their encoded names.',
  'parameter-not-signed': 'The request had a query parameter that the client did not sign.',
  'parameter-not-received': 'The client signed a query parameter that the request did not have, or that is not signed.',
  'parameter-value': 'A query parameter has another value than was signed, or an empty one is written with "=".',
  'header-order': 'Header lines are sorted by their lower-case names.',
  'header-name-case': 'Header names are written in lower case.',
  'header-white-space': 'White space around a header value is removed; there is none after the colon.',
  'header-value':
    'A header was sent with another value than was signed; HTTP clients change Content-Type, for instance by adding a charset.',
  'header-not-signed':
    'The request had a header that the client did not sign; HTTP clients and browsers add Content-Type by themselves.',
  'header-not-received':
    'The client signed a header that the request did not have, or that is not signed unless AdditionalHeaders names it.',
  'additional-headers':
    'The additional headers are named in lower case, sorted, joined by ";", and sent under the same names.',
  'hashed-payload': 'The last line is UNSIGNED-PAYLOAD; OSS does not sign bodies.',
} as const;

/** What makes two signed texts differ. */
export type MismatchCause = keyof typeof mismatchHints;

/** A cause, and the header or parameter that it is about. */
export interface NamedCause {
  readonly cause: MismatchCause;
  readonly name?: string | undefined;
}
