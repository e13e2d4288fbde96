/** What mocha's JSON reporter writes, as far as it is needed. */
export interface MochaReport {
  readonly tests: readonly MochaTest[];
  /** Failed hooks are in here too, and not among `tests`. */
  readonly failures: readonly MochaTest[];
  readonly passes: readonly MochaTest[];
  readonly pending: readonly MochaTest[];
}

export interface MochaTest {
  readonly fullTitle: string;
  readonly err: { readonly message?: string };
}
