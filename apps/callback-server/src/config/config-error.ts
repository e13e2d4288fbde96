/** A setting that the server cannot start with. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /**
   * @param setting name of the environment variable
   * @param rule what it has to be; never its value, which may be a secret
   */
  constructor(
    readonly setting: string,
    readonly rule: string,
    options?: { readonly cause?: unknown },
  ) {
    super(`${setting}: ${rule}`, options);
  }
}
