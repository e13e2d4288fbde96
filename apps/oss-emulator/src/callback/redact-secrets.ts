import { withoutSecurityTokens } from '../security-token-text.ts';

/** What is shorter can be guessed, and may be an ordinary word of any key or body. */
const MIN_SECRET_CHARACTERS = 8;

/** @returns makes a copy of plain data without the secrets, wherever in its texts they are, and without security tokens */
export function createRedactor(secrets: readonly string[]): <Data>(data: Data) => Data {
  const real = secrets.filter((secret) => secret.length >= MIN_SECRET_CHARACTERS);
  const redactText = (_name: string, value: unknown): unknown =>
    typeof value === 'string'
      ? real.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), withoutSecurityTokens(value))
      : value;
  return <Data>(data: Data) => JSON.parse(JSON.stringify(data, redactText)) as Data;
}
