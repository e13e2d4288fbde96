import { decodeHeaderText } from '../http/header-text.ts';
import { formError } from './form-error.ts';
import { parseHeaderValue } from './header-value.ts';

export interface PartHeaders {
  /** As it stands in the form; OSS compares names in lower case. */
  readonly name: string;
  /** `undefined` for a part that has none, as mini programs and SDKs may send the file. */
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
}

/** OSS: *0006-00000110*. */
const MAX_NAME_BYTES = 8 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @param headerLines one character a byte
 * @throws {OssError} `MalformedPOSTRequest`, or `FieldItemTooLong` for the name
 */
export function readPartHeaders(headerLines: readonly string[]): PartHeaders {
  const headers = new Map<string, string>();
  for (const line of headerLines) {
    const colonAt = line.indexOf(':');
    const name = line.slice(0, Math.max(colonAt, 0)).toLowerCase();
    if (!/^[\u0021-\u007E]+$/.test(name)) throw formError('malformed', 'a part has a line that is no header');
    if (headers.has(name)) throw formError('malformed', `a part repeats its header ${name.slice(0, 64)}`);
    headers.set(name, line.slice(colonAt + 1).trim());
  }
  const disposition = parseHeaderValue(headers.get('content-disposition') ?? '');
  if (disposition?.type !== 'form-data') throw formError('malformed', 'a part has no Content-Disposition of form-data');
  const name = parameter(disposition.parameters, 'name');
  if (name === undefined || name === '') throw formError('malformed', 'a part has no name');
  if (name.length > MAX_NAME_BYTES) throw formError('name-too-long', `a name has ${name.length} bytes`);
  const text = decodeUtf8(Buffer.from(name, 'latin1'));
  if (text === undefined) throw formError('malformed', 'a name is not UTF-8');
  const fileName = parameter(disposition.parameters, 'filename');
  const contentType = headers.get('content-type');
  return {
    name: text,
    fileName: fileName === undefined ? undefined : decodeHeaderText(fileName),
    contentType: contentType === undefined ? undefined : decodeHeaderText(contentType),
  };
}

/** @returns `undefined` for bytes that are no UTF-8 */
export function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Libraries that may not write other letters than ASCII add `filename*=UTF-8''…` (.NET, older urllib3): it counts before
 * the plain one, as RFC 6266 has it. Assumed of OSS.
 */
function parameter(parameters: ReadonlyMap<string, string>, name: string): string | undefined {
  const extended = /^utf-8'[^']*'(.*)$/is.exec(parameters.get(`${name}*`) ?? '')?.[1];
  if (extended === undefined) return parameters.get(name);
  return extended.replaceAll(/%([0-9a-f]{2})/gi, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
