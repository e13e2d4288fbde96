/** Lets one at a time do something to the same thing, in the order in which they came, within this process. */
export class KeyedLock {
  readonly #last = new Map<string, Promise<unknown>>();

  /** @returns what `work` returns; a failure of `work` does not hold up the next in line */
  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const previous = this.#last.get(key);
    const own = previous === undefined ? work() : previous.then(work, work);
    this.#last.set(key, own);
    try {
      return await own;
    } finally {
      if (this.#last.get(key) === own) {
        this.#last.delete(key);
      }
    }
  }
}
