/**
 * One time limit for several steps, one after the other. A plain timer that ends with the work: `AbortSignal.timeout`
 * keeps its timer for the whole time, so that thousands of callbacks per second would leave thousands of them behind.
 */
export class Deadline implements Disposable {
  readonly #timer: NodeJS.Timeout;
  #isOver = false;
  #giveUp: () => void = () => undefined;

  constructor(timeoutMs: number) {
    this.#timer = setTimeout(() => {
      this.#isOver = true;
      this.#giveUp();
    }, timeoutMs);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** @param giveUp ends the step that begins now, when the time is over; takes the place of the step before */
  watch(giveUp: () => void): void {
    this.#giveUp = giveUp;
    if (this.#isOver) giveUp();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
