/** Bytes that fitted the limit, in one piece, or a stream of all the bytes when they did not. */
export type SmallOrLarge = { readonly small: Buffer } | { readonly large: AsyncIterable<Uint8Array> };

/**
 * Reads until it is clear whether the bytes are few: small objects are kept in memory until they are committed, which
 * saves a staging file or an upload for each.
 *
 * @param limitBytes the most that `small` may hold
 */
export async function smallOrLarge(bytes: AsyncIterable<Uint8Array>, limitBytes: number): Promise<SmallOrLarge> {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  while (sizeBytes <= limitBytes) {
    const next = await iterator.next();
    if (next.done === true) {
      return { small: Buffer.concat(chunks, sizeBytes) };
    }
    chunks.push(next.value);
    sizeBytes += next.value.length;
  }
  return { large: resume(chunks, iterator) };
}

async function* resume(
  chunks: Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* chunks.splice(0);
    yield* { [Symbol.asyncIterator]: () => iterator };
  } finally {
    await iterator.return?.();
  }
}
