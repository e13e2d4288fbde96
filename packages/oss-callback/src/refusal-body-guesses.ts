import type { RefusalGuess } from './refusal-guess.ts';

/** What may have happened to the body. */
export type BodyCause = 'body-reserialised' | 'body-text-decoding' | 'body-newline';

type BodyGuess = RefusalGuess<BodyCause>;

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Bodies that may have been signed when this one is not. At most 28, each about as long as the body. */
export function bodyGuesses(body: Uint8Array): readonly BodyGuess[] {
  const bytes = Buffer.from(body);
  return [...newlineGuesses(bytes), ...textGuesses(bytes), ...jsonGuesses(bytes), ...formGuesses(bytes)];
}

function newlineGuesses(bytes: Buffer): readonly BodyGuess[] {
  const text = bytes.toString('latin1');
  const changes: readonly (readonly [string, string])[] = [
    ['Something appended a line break to the body.', text.replace(/\r?\n$/, '')],
    ['Something cut the line feed at the end of the body.', `${text}\n`],
    ['Something cut the line break (CR LF) at the end of the body.', `${text}\r\n`],
    ['Something turned the line feeds of the body into CR LF.', text.replaceAll('\r\n', '\n')],
    ['Something turned the CR LF of the body into line feeds.', text.replaceAll(/\r?\n/g, '\r\n')],
    ['Something trimmed or added white space around the body.', text.trim()],
  ];
  return changes.map(([explanation, value]) => ({
    cause: 'body-newline',
    explanation,
    value: Buffer.from(value, 'latin1'),
  }));
}

function textGuesses(bytes: Buffer): readonly BodyGuess[] {
  const cause = 'body-text-decoding';
  const asLatin1 = 'The body was decoded as latin1 and encoded as UTF-8 again; hand over the raw bytes.';
  const asUtf8 = 'The body was decoded as UTF-8 and encoded as latin1; hand over the raw bytes.';
  const withoutBom = bytes.subarray(0, 3).equals(BOM) ? bytes.subarray(3) : bytes;
  return [
    { cause, explanation: asLatin1, value: Buffer.from(bytes.toString('utf8'), 'latin1') },
    { cause, explanation: asUtf8, value: Buffer.from(bytes.toString('latin1'), 'utf8') },
    { cause, explanation: 'A byte order mark was put in front of the body.', value: withoutBom },
    { cause, explanation: 'Text decoding removed the byte order mark.', value: Buffer.concat([BOM, bytes]) },
  ];
}

function jsonGuesses(bytes: Buffer): readonly BodyGuess[] {
  const value = parseJson(bytes.toString('utf8'));
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const members = Object.entries(value);
  const sorted = Object.fromEntries(members.toSorted(([left], [right]) => (left < right ? -1 : 1)));
  const backwards = Object.fromEntries(members.toReversed());
  const orders = Array.isArray(value) ? [value] : [value, sorted, backwards];
  const spellings = orders.flatMap((each) => [
    JSON.stringify(each),
    spaced(each),
    JSON.stringify(each, undefined, 2),
    JSON.stringify(each).replaceAll('/', String.raw`\/`),
  ]);
  const explanation =
    'The JSON body was parsed and written again; white space or order changed, so keep the raw bytes.';
  return spellings.map((text) => ({ cause: 'body-reserialised', explanation, value: Buffer.from(text, 'utf8') }));
}

/** As Python writes it, and as people write templates: a blank after each colon and comma. */
function spaced(value: unknown): string {
  return JSON.stringify(value, undefined, 1)
    .replaceAll(/([{[])\n +/g, '$1')
    .replaceAll(/\n *([}\]])/g, '$1')
    .replaceAll(/\n +/g, ' ');
}

function formGuesses(bytes: Buffer): readonly BodyGuess[] {
  const text = bytes.toString('utf8');
  if (!text.includes('=') || text.startsWith('{')) {
    return [];
  }
  const pairs = [...new URLSearchParams(text)];
  const strict = (part: string): string =>
    encodeURIComponent(part.toWellFormed()).replaceAll(/[!'()*]/g, (each) =>
      `%${(each.codePointAt(0) ?? 0).toString(16)}`.toUpperCase(),
    );
  const join = (write: (part: string) => string, list = pairs): string =>
    list.map(([name, value]) => `${name}=${write(value)}`).join('&');
  const sorted = pairs.toSorted(([left], [right]) => (left < right ? -1 : 1));
  const spellings = [
    join(strict),
    join((part) => encodeURIComponent(part.toWellFormed())),
    join((part) => part),
    new URLSearchParams(pairs).toString(),
    join(strict, sorted),
    text.replaceAll(/%[0-9a-f]{2}/gi, (escape) => escape.toLowerCase()),
  ];
  const explanation = 'The form body was parsed and written again; escapes or order changed, so keep the raw bytes.';
  return spellings.map((each) => ({ cause: 'body-reserialised', explanation, value: Buffer.from(each, 'utf8') }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
