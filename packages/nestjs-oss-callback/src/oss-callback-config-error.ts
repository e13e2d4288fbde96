/** The module was configured in a way that would be unsafe or cannot work. Thrown while the application starts. */
export class OssCallbackConfigError extends Error {
  override readonly name = 'OssCallbackConfigError';

  /**
   * @param option name of the option, as in {@link OssCallbackOptions}
   * @param rule what it has to be; never the value, which may be a secret
   */
  constructor(
    readonly option: string,
    readonly rule: string,
    options?: { readonly cause?: unknown },
  ) {
    super(`${option}: ${rule}`, options);
  }
}
