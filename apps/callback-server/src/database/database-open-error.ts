/** The database could not be opened. Thrown while the server starts; the message holds no password. */
export class DatabaseOpenError extends Error {
  override readonly name = 'DatabaseOpenError';

  /** @param setting the setting to look at, `DATABASE_URL` or `DATA_DIR` */
  constructor(
    readonly setting: 'DATABASE_URL' | 'DATA_DIR',
    rule: string,
    options?: { readonly cause?: unknown },
  ) {
    super(`${setting}: ${rule}`, options);
  }
}
