/** A setting is unknown or breaks its rule. The message is one line that names the setting and the rule. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
