/**
 * Takes security tokens out of a text for logs and journals: strings to sign hold them. STS's begin with `CAIS`; `%`
 * because they may be percent-encoded, once or twice.
 */
export function withoutSecurityTokens(text: string): string {
  return text.replaceAll(/CAIS[A-Za-z0-9+/%=_-]{16,}/g, '[token]');
}
