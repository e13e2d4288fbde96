import { type KeyObject, createHmac, createSecretKey } from 'node:crypto';

/** Shorter secrets than the hash's output weaken HMAC-SHA256 (RFC 2104 §3). */
export const MIN_TICKET_SECRET_BYTES = 32;

/** A secret for upload tickets is missing or too short. Names its position, never its value. */
export class UploadTicketSecretError extends Error {
  override readonly name = 'UploadTicketSecretError';
}

/** A secret together with the name that tickets carry. */
export interface UploadTicketKey {
  readonly id: string;
  readonly secret: KeyObject;
}

/**
 * The secrets for upload tickets, newest first: the first one signs, all of them verify. To rotate, put a new secret in
 * front; drop the old one when the last ticket it signed has expired.
 */
export class UploadTicketKeyRing {
  // Private fields: neither JSON.stringify nor console.log shows them.
  readonly #newest: UploadTicketKey;
  readonly #keysById: ReadonlyMap<string, UploadTicketKey>;

  /**
   * @param secrets texts (taken as UTF-8) or bytes, at least one, each of 32 bytes or more
   * @throws {UploadTicketSecretError}
   */
  constructor(secrets: readonly (string | Uint8Array)[]) {
    const keys = secrets.map(readSecret);
    const [newest] = keys;
    if (newest === undefined) {
      throw new UploadTicketSecretError('upload ticket secrets: at least one is needed');
    }
    this.#newest = newest;
    this.#keysById = new Map(keys.map((key) => [key.id, key]));
  }

  /** The key that signs new tickets. */
  newest(): UploadTicketKey {
    return this.#newest;
  }

  /** The key a ticket names, if it is (still) on the ring. */
  find(id: string): UploadTicketKey | undefined {
    return this.#keysById.get(id);
  }
}

function readSecret(secret: string | Uint8Array, position: number): UploadTicketKey {
  const bytes = typeof secret === 'string' ? Buffer.from(secret, 'utf8') : secret;
  if (bytes.length < MIN_TICKET_SECRET_BYTES) {
    throw new UploadTicketSecretError(
      `upload ticket secrets: number ${position + 1} has ${bytes.length} bytes, must have at least ${MIN_TICKET_SECRET_BYTES}`,
    );
  }
  // Derived from the secret, so that every instance with the same secrets agrees without further configuration.
  const id = createHmac('sha256', bytes).update('upload-ticket-key-id').digest('base64url').slice(0, 8);
  return { id, secret: createSecretKey(bytes) };
}
