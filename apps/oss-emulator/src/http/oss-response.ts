import { xmlDocument } from '../xml.ts';
import type { XmlElement } from '../xml.ts';

/** What an operation answers; the headers of every answer are added when it is sent. */
export interface OssResponse {
  readonly status: number;
  /** In the spelling of the wire; values are Unicode text. `undefined` values are left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: ResponseBody;
}

/** For HEAD the size is announced and the bytes are never asked for. */
export type ResponseBody = Buffer | ResponseStream;

export interface ResponseStream {
  /** `undefined`: nobody knows before the end, and the answer is sent in chunks. */
  readonly sizeBytes: number | undefined;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** No faster than this, when it is given. */
  readonly bytesPerSecond?: number;
}

/** Exactly this, without a charset: Android takes any other Content-Type for a callback's answer. */
export const XML_CONTENT_TYPE = 'application/xml';

export function xmlResponse(root: string, elements: readonly XmlElement[] | string): OssResponse {
  return {
    status: 200,
    headers: { 'Content-Type': XML_CONTENT_TYPE },
    body: Buffer.from(xmlDocument(root, elements), 'utf8'),
  };
}
