import { checkClockSkew } from '../check-clock-skew.ts';
import { isAccessKeyId } from '../credentials.ts';
import { parseDateTime } from '../date-time.ts';
import { equalInConstantTime } from '../equal-in-constant-time.ts';
import { findAccessKey } from '../find-access-key.ts';
import type { SignatureVersion, VerifyOptions } from '../verification.ts';
import { signatureV1 } from '../v1/signature.ts';
import { checkCredentialScope } from '../v4/check-credential-scope.ts';
import { checkSignDate } from '../v4/check-sign-date.ts';
import { MAX_EXPIRES_SECONDS } from '../v4/expires.ts';
import { parseCredential } from '../v4/parse-credential.ts';
import { ALGORITHM } from '../v4/string-to-sign.ts';
import { formFields, type PostFormFields } from './form-fields.ts';
import type { PostFormRefusal, PostFormVerification } from './post-form-verification.ts';
import { postSignatureV4 } from './post-signature.ts';

/** The fields of each version, and the codes of OSS for one that is absent and one that is empty. */
const requiredFields: Readonly<
  Record<
    SignatureVersion,
    ReadonlyArray<{ readonly name: string; readonly missingEc?: string; readonly emptyEc?: string }>
  >
> = {
  V1: [
    { name: 'OSSAccessKeyId', missingEc: '0002-00000706', emptyEc: '0002-00000707' },
    { name: 'policy', missingEc: '0002-00000702' },
    { name: 'Signature', missingEc: '0002-00000703', emptyEc: '0002-00000704' },
  ],
  V4: [
    { name: 'x-oss-signature-version' },
    { name: 'x-oss-credential' },
    { name: 'x-oss-date' },
    { name: 'policy', missingEc: '0002-00000702' },
    { name: 'x-oss-signature', missingEc: '0002-00000703', emptyEc: '0002-00000704' },
  ],
};

/**
 * Verifies who signed a PostObject form: syntax, key, token, time, signature, in that order. Whether the form obeys the
 * policy that was signed is a second question, for {@link checkPostPolicy}. Never throws for what a stranger sends.
 *
 * OSS: *PostObject*, https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 *
 * @param fields the fields before the file; names in any case
 */
export function verifyPostForm(fields: PostFormFields, options: VerifyOptions): PostFormVerification {
  const byName = formFields(fields);
  const field = (name: string): string => byName.get(name.toLowerCase())?.[0] ?? '';
  const isV4 = ['x-oss-signature-version', 'x-oss-credential', 'x-oss-signature'].some((name) => byName.has(name));
  const version = isV4 ? 'V4' : 'V1';
  if (!isV4 && !requiredFields.V1.some(({ name }) => byName.has(name.toLowerCase()))) {
    return { ok: false, reason: 'unsigned' };
  }
  const repeated = [...requiredFields[version].map(({ name }) => name), 'x-oss-security-token'].find(
    (name) => (byName.get(name.toLowerCase()) ?? []).length > 1,
  );
  if (repeated !== undefined) {
    return { ok: false, reason: 'malformed', field: repeated, detail: 'The field must not be repeated.' };
  }
  for (const { name, missingEc, emptyEc } of requiredFields[version]) {
    const values = byName.get(name.toLowerCase()) ?? [];
    if (!values[0]) {
      const ec = values.length === 0 ? missingEc : emptyEc;
      return { ok: false, reason: 'missing-field', field: name, version, ec };
    }
  }
  return isV4 ? verifyV4(field, options) : verifyV1(field, options);
}

type FieldOf = (name: string) => string;

function verifyV1(field: FieldOf, options: VerifyOptions): PostFormVerification {
  const accessKeyId = field('OSSAccessKeyId');
  if (!isAccessKeyId(accessKeyId)) {
    const detail = 'The OSSAccessKeyId has characters that no AccessKey ID has.';
    return { ok: false, reason: 'malformed', field: 'OSSAccessKeyId', detail };
  }
  const found = findAccessKey(accessKeyId, field('x-oss-security-token'), options.findCredentials);
  if (!found.ok) {
    return refuseKey(found.reason, accessKeyId, 'V1');
  }
  const policy = field('policy');
  const expected = signatureV1(found.credentials.accessKeySecret, policy);
  return compare({ accessKeyId, version: 'V1', policy, expected, provided: field('Signature') });
}

function verifyV4(field: FieldOf, options: VerifyOptions): PostFormVerification {
  const algorithm = field('x-oss-signature-version');
  if (algorithm !== ALGORITHM) {
    return { ok: false, reason: 'unsupported-version', version: algorithm, ec: '0002-00000701' };
  }
  const parsed = parseCredential(field('x-oss-credential'), 'form');
  if (!parsed.ok) {
    return parsed;
  }
  const { accessKeyId, ...scope } = parsed.credential;
  const outOfScope = checkCredentialScope(scope, options);
  if (outOfScope !== undefined) {
    return outOfScope;
  }
  const found = findAccessKey(accessKeyId, field('x-oss-security-token'), options.findCredentials);
  if (!found.ok) {
    return refuseKey(found.reason, accessKeyId, 'V4');
  }
  const dateTime = field('x-oss-date');
  const badTime = checkSignDate(scope, dateTime, 'form') ?? checkDate(dateTime, options.now);
  if (badTime !== undefined) {
    return badTime;
  }
  const policy = field('policy');
  const expected = postSignatureV4(found.credentials.accessKeySecret, scope, policy);
  return compare({ accessKeyId, version: 'V4', policy, expected, provided: field('x-oss-signature') });
}

/** "15 minutes" and "seven days" of `x-oss-date`. Assumption: the first is into the future, the second into the past. */
function checkDate(dateTime: string, now: Date): PostFormRefusal | undefined {
  const signedAt = parseDateTime(dateTime);
  if (signedAt === undefined) {
    return { ok: false, reason: 'invalid-date', value: dateTime };
  }
  if (!(signedAt.getTime() <= now.getTime())) {
    return checkClockSkew(signedAt, now);
  }
  const expiresAt = new Date(signedAt.getTime() + MAX_EXPIRES_SECONDS * 1000);
  return now.getTime() <= expiresAt.getTime() ? undefined : { ok: false, reason: 'expired', expiresAt };
}

function refuseKey(
  reason: 'unknown-access-key' | 'security-token-missing' | 'security-token-invalid',
  accessKeyId: string,
  version: SignatureVersion,
): PostFormRefusal {
  return reason === 'unknown-access-key'
    ? { ok: false, reason, accessKeyId, ec: '0002-00000902' }
    : { ok: false, reason, accessKeyId, version };
}

function compare(claim: {
  readonly accessKeyId: string;
  readonly version: SignatureVersion;
  readonly policy: string;
  readonly expected: string;
  readonly provided: string;
}): PostFormVerification {
  const { accessKeyId, version, policy, provided } = claim;
  if (equalInConstantTime(provided, claim.expected)) {
    return { ok: true, accessKeyId, version, policy };
  }
  return {
    ok: false,
    reason: 'signature-mismatch',
    accessKeyId,
    version,
    signatureProvided: provided,
    stringToSign: policy,
    ec: '0002-00000040',
  };
}
