/** The parts of the signed texts, by the names that OSS's documentation gives them. */
export type TextPart =
  | 'algorithm'
  | 'date-time'
  | 'scope'
  | 'canonical-request-hash'
  | 'method'
  | 'canonical-uri'
  | 'canonical-query-string'
  | 'canonical-headers'
  | 'additional-headers'
  | 'hashed-payload'
  | 'content-md5'
  | 'content-type'
  | 'date'
  | 'canonicalized-oss-headers'
  | 'canonicalized-resource';

/** The first line in which the texts of client and server differ. */
export interface TextDifference {
  readonly text: 'stringToSign' | 'canonicalRequest';
  readonly part: TextPart;
  /** Number of the line in that text, from 1. */
  readonly line: number;
  /** The client's line; `undefined` when its text ends before. */
  readonly client: string | undefined;
  /** The server's line; `undefined` when its text ends before. */
  readonly server: string | undefined;
}

/** Names the part that a line belongs to; `lines` are those of the server, whose text is well-formed. */
type NamePart = (index: number, lines: readonly string[]) => TextPart;

const STRING_TO_SIGN_PARTS = ['algorithm', 'date-time', 'scope'] as const;
const CANONICAL_REQUEST_PARTS = ['method', 'canonical-uri', 'canonical-query-string'] as const;
const V1_PARTS = ['method', 'content-md5', 'content-type', 'date'] as const;

const partOfStringToSign: NamePart = (index) => STRING_TO_SIGN_PARTS[index] ?? 'canonical-request-hash';

/** The last two lines follow the empty line that ends the headers. */
const partOfCanonicalRequest: NamePart = (index, lines) => {
  if (index >= lines.length - 1) {
    return 'hashed-payload';
  }
  return CANONICAL_REQUEST_PARTS[index] ?? (index === lines.length - 2 ? 'additional-headers' : 'canonical-headers');
};

const partOfStringToSignV1: NamePart = (index, lines) =>
  V1_PARTS[index] ?? (index < lines.length - 1 ? 'canonicalized-oss-headers' : 'canonicalized-resource');

/** The first line of two canonical requests that differs; `undefined` when they are the same. */
export function compareCanonicalRequests(client: string, server: string): TextDifference | undefined {
  return compareLines('canonicalRequest', client, server, partOfCanonicalRequest);
}

/** The first line of two strings to sign that differs; `undefined` when they are the same. */
export function compareStringsToSign(client: string, server: string, version: 'V1' | 'V4'): TextDifference | undefined {
  return compareLines('stringToSign', client, server, version === 'V4' ? partOfStringToSign : partOfStringToSignV1);
}

function compareLines(
  text: TextDifference['text'],
  client: string,
  server: string,
  namePart: NamePart,
): TextDifference | undefined {
  const clientLines = client.split('\n');
  const serverLines = server.split('\n');
  const length = Math.max(clientLines.length, serverLines.length);
  for (let index = 0; index < length; index += 1) {
    if (clientLines[index] !== serverLines[index]) {
      const part = namePart(index, serverLines);
      return { text, part, line: index + 1, client: clientLines[index], server: serverLines[index] };
    }
  }
  return undefined;
}
