/** What an upload ticket allows: one user, one object, once. */
export interface UploadTicketClaims {
  /** Id of the upload; unique, so that the ticket can be used once. */
  readonly id: string;
  readonly user: string;
  readonly bucket: string;
  /** The exact key, no prefix. */
  readonly objectKey: string;
  readonly minSizeBytes: number;
  /** Inclusive. */
  readonly maxSizeBytes: number;
  /** When given, the object must have exactly this Content-Type. */
  readonly contentType?: string;
  /** The kind of upload it was issued for; what may be an avatar may not be an invoice. */
  readonly route: string;
  /** Kept to the second. */
  readonly issuedAt: Date;
  /** Kept to the second; later than `issuedAt`. */
  readonly expiresAt: Date;
}

/** Claims that no ticket can be issued for. */
export class UploadTicketClaimsError extends Error {
  override readonly name = 'UploadTicketClaimsError';
  readonly field: string;

  constructor(field: string, rule: string) {
    super(`upload ticket: ${field} ${rule}`);
    this.field = field;
  }
}

/** Short names, because the ticket travels inside the 5 KB of a callback parameter. */
interface WireClaims {
  readonly v: 1;
  readonly jti: string;
  readonly sub: string;
  readonly bkt: string;
  readonly key: string;
  readonly min: number;
  readonly max: number;
  readonly typ?: string;
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
}

const TEXT_FIELDS = ['id', 'user', 'bucket', 'objectKey', 'route'] as const;

/** @throws {UploadTicketClaimsError} names the claim and the rule it breaks */
export function serializeClaims(claims: UploadTicketClaims): string {
  for (const field of TEXT_FIELDS) {
    if (claims[field] === '') {
      throw new UploadTicketClaimsError(field, 'must not be empty');
    }
  }
  const { minSizeBytes, maxSizeBytes, issuedAt, expiresAt } = claims;
  if (!Number.isSafeInteger(minSizeBytes) || minSizeBytes < 0) {
    throw new UploadTicketClaimsError('minSizeBytes', 'must be an integer of 0 or more');
  }
  if (!Number.isSafeInteger(maxSizeBytes) || maxSizeBytes < minSizeBytes) {
    throw new UploadTicketClaimsError('maxSizeBytes', 'must be an integer not below minSizeBytes');
  }
  if (Number.isNaN(issuedAt.getTime())) {
    throw new UploadTicketClaimsError('issuedAt', 'must be a valid date');
  }
  if (!(expiresAt.getTime() > issuedAt.getTime())) {
    throw new UploadTicketClaimsError('expiresAt', 'must be a valid date later than issuedAt');
  }
  const wire: WireClaims = {
    v: 1,
    jti: claims.id,
    sub: claims.user,
    bkt: claims.bucket,
    key: claims.objectKey,
    min: minSizeBytes,
    max: maxSizeBytes,
    ...(claims.contentType === undefined ? {} : { typ: claims.contentType }),
    aud: claims.route,
    iat: toEpochSeconds(issuedAt),
    exp: toEpochSeconds(expiresAt),
  };
  return JSON.stringify(wire);
}

/** Reads claims whose signature has been checked; `undefined` for another version of the format. */
export function parseClaims(json: string): UploadTicketClaims | undefined {
  const wire = JSON.parse(json) as Omit<WireClaims, 'v'> & { readonly v: number };
  if (wire.v !== 1) {
    return undefined;
  }
  return {
    id: wire.jti,
    user: wire.sub,
    bucket: wire.bkt,
    objectKey: wire.key,
    minSizeBytes: wire.min,
    maxSizeBytes: wire.max,
    ...(wire.typ === undefined ? {} : { contentType: wire.typ }),
    route: wire.aud,
    issuedAt: new Date(wire.iat * 1000),
    expiresAt: new Date(wire.exp * 1000),
  };
}

function toEpochSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
