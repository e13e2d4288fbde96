import { percentDecode } from '../percent-decode.ts';
import { percentEncodePath } from '../percent-encode.ts';
import type { MismatchCause } from './mismatch-cause.ts';

const upperCaseEscapes = (text: string): string => text.replaceAll(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase());

/** Changes that make the client's spelling of an encoded text the server's, in the order in which they are tried. */
const SPELLINGS: readonly (readonly [MismatchCause, (client: string) => string | undefined])[] = [
  ['encoded-slash', (client) => client.replaceAll(/%2F/gi, '/')],
  ['escape-case', upperCaseEscapes],
  ['plus-for-blank', (client) => client.replaceAll('+', '%20')],
  ['encoded-twice', (client) => client.replaceAll('%25', '%')],
  ['encoded-twice', (client) => client.replaceAll('%', '%25')],
  ['not-encoded', percentEncodePath],
  ['not-encoded', percentDecode],
];

/** Why two percent-encoded texts differ, when it is only how they are encoded. */
export function findEncodingCause(client: string, server: string): MismatchCause | undefined {
  return SPELLINGS.find(([, respell]) => respell(client) === server)?.[0];
}
