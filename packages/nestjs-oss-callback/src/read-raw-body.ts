import type { Readable } from 'node:stream';

/** The bytes of a request body, or why there are none. */
export type RawBody =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly reason: 'body-too-large' | 'body-timeout' | 'body-incomplete' };

export interface RawBodyLimits {
  /** Most bytes that are kept. */
  readonly maxBytes: number;
  /** Time for the whole body, not per read: a body that trickles ends here too. */
  readonly timeoutMs: number;
}

/**
 * Reads a body to its end without looking into it, within a size and a time. Stops reading at the first byte too many;
 * never throws and never decodes: a callback signature covers these bytes and no others.
 *
 * @param declaredLength the Content-Length header; a larger one than allowed is refused before a byte is read
 */
export function readRawBody(
  stream: Readable,
  declaredLength: string | undefined,
  { maxBytes, timeoutMs }: RawBodyLimits,
): Promise<RawBody> {
  if (declaredLength !== undefined && Number(declaredLength) > maxBytes) {
    return Promise.resolve({ ok: false, reason: 'body-too-large' });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let receivedBytes = 0;
    const timer = setTimeout(() => finish({ ok: false, reason: 'body-timeout' }), timeoutMs);

    function finish(body: RawBody): void {
      clearTimeout(timer);
      stream.off('data', onData).off('end', onEnd).off('error', onAbort).off('close', onAbort);
      // A later error of the abandoned stream has nobody to tell and must not stop the process.
      stream.on('error', () => undefined);
      if (!body.ok) {
        stream.pause();
      }
      resolve(body);
    }
    function onData(chunk: Buffer): void {
      receivedBytes += chunk.length;
      if (receivedBytes > maxBytes) {
        finish({ ok: false, reason: 'body-too-large' });
        return;
      }
      chunks.push(chunk);
    }
    function onEnd(): void {
      finish({ ok: true, bytes: Buffer.concat(chunks, receivedBytes) });
    }
    function onAbort(): void {
      finish({ ok: false, reason: 'body-incomplete' });
    }
    stream.on('data', onData).on('end', onEnd).on('error', onAbort).on('close', onAbort);
  });
}
