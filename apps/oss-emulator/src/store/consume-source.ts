/**
 * Lets `work` read the bytes and keeps two kinds of failure apart: what the source throws is the client's trouble and
 * passes unchanged; anything else is the store's.
 *
 * @param failure makes the store's error of whatever `work` failed with
 */
export async function consumeSource<Result>(
  bytes: AsyncIterable<Uint8Array>,
  work: (bytes: AsyncIterable<Uint8Array>) => Promise<Result>,
  failure: (error: unknown) => Error,
): Promise<Result> {
  let sourceFailure: { readonly error: unknown } | undefined;
  async function* watched(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* bytes;
    } catch (error) {
      sourceFailure = { error };
      throw error;
    }
  }
  try {
    return await work(watched());
  } catch (error) {
    throw sourceFailure === undefined ? failure(error) : sourceFailure.error;
  }
}
