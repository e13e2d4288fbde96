/** One change that may have happened on the way, and the bytes that were there before it. */
export interface RefusalGuess<Cause extends string> {
  readonly cause: Cause;
  /** One English sentence for the developer. */
  readonly explanation: string;
  readonly value: Buffer;
}
