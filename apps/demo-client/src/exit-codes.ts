/** What scripts branch on; see `oss-demo --help`. */
export const EXIT_CODES = {
  /** Stored, and the callback server answered. */
  delivered: 0,
  /** Not stored: no grant, unreadable file, refused or broken upload. */
  failed: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** OSS has the object, but its callback failed (203 CallbackFailed): notify the server again, do not upload again. */
  callbackFailed: 3,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
