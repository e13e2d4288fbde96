import { SigningInputError } from './signing-input-error.ts';

/** An AccessKey pair, permanent or temporary. */
export interface Credentials {
  /** AccessKey ID; temporary ones from STS begin with `STS.`. */
  readonly accessKeyId: string;
  /** AccessKey secret. It never appears in a result, a message or a log line of this package. */
  readonly accessKeySecret: string;
  /** Security token; present exactly when the pair is temporary (STS). */
  readonly securityToken?: string | undefined;
}

/** `/`, `:` and `,` separate the members of the signatures that carry the id; OSS refuses blanks and control characters. */
const ACCESS_KEY_ID = /^[\x21-\x2b\x2d-\x2e\x30-\x39\x3b-\x7e]+$/;

/**
 * Whether a text can be an AccessKey ID at all.
 *
 * OSS: EC 0002-00000064, 0002-00000206, 0002-00000222 (illegal characters in the AccessKey ID).
 */
export function isAccessKeyId(text: string): boolean {
  return ACCESS_KEY_ID.test(text);
}

/**
 * Refuses credentials that could only produce requests that OSS refuses.
 *
 * @throws {SigningInputError} when the id has impossible characters, or the secret is empty or carries blanks from a
 * copy-and-paste ("cannot start or end with a space", EC 0002-00000201).
 */
export function assertCredentials(credentials: Credentials): void {
  if (!isAccessKeyId(credentials.accessKeyId)) {
    throw new SigningInputError(
      'credentials.accessKeyId',
      'must be printable ASCII without blank, slash, colon or comma',
    );
  }
  if (credentials.accessKeySecret === '' || credentials.accessKeySecret.trim() !== credentials.accessKeySecret) {
    throw new SigningInputError('credentials.accessKeySecret', 'must not be empty, nor begin or end with white space');
  }
}
