import { assertSigningTime } from '../assert-signing-time.ts';
import { assertCredentials, type Credentials } from '../credentials.ts';
import { formatDateTime } from '../date-time.ts';
import { SigningInputError } from '../signing-input-error.ts';
import { signatureV1 } from '../v1/signature.ts';
import { assertRegion } from '../v4/assert-region.ts';
import { credentialScope, DEFAULT_PRODUCT, type CredentialScope } from '../v4/credential-scope.ts';
import { ALGORITHM } from '../v4/string-to-sign.ts';
import { buildPostPolicy } from './build-post-policy.ts';
import { conditionField, type PostPolicyCondition } from './post-policy-condition.ts';
import { postSignatureV4 } from './post-signature.ts';

interface PostFormOptions {
  readonly credentials: Credentials;
  /** The time of signing. */
  readonly now: Date;
  /** Until when the form may be used. OSS takes a V4 form for at most seven days after `now`. */
  readonly expiration: Date;
  readonly bucket: string;
  /** Object key; `${filename}` in it becomes the name of the uploaded file. */
  readonly key: string;
  /** The upload callback, Base64 as `encodeCallbackParam` of `@oss-callback/oss-callback` makes it. */
  readonly callback?: string | undefined;
  /** Every other field to send: `Content-Type`, `success_action_status`, `x-oss-meta-*`, the callback's `x:…` variables. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** More conditions. One that names a field replaces the equality that would else fix it. */
  readonly conditions?: readonly PostPolicyCondition[] | undefined;
}

/** What a form is made from. */
export type SignPostFormOptions =
  | (PostFormOptions & {
      readonly version?: 'V4' | undefined;
      /** `cn-hangzhou`, not `oss-cn-hangzhou`. */
      readonly region: string;
      /** `oss` unless given. */
      readonly product?: string | undefined;
    })
  | (PostFormOptions & { readonly version: 'V1' });

/** A form that uploads one file. */
export interface SignedPostForm {
  /** Fields in the order to send them; the field `file` comes after them, last. */
  readonly fields: Readonly<Record<string, string>>;
  /** The policy document, JSON. */
  readonly policy: string;
  /** What was signed: the Base64 of the policy. */
  readonly stringToSign: string;
}

/** Fields that only the signer, or the file, may set. */
const RESERVED =
  /^(?:key|file|policy|bucket|callback|ossaccesskeyid|signature|x-oss-(?:signature|signature-version|credential|date|security-token))$/;

/**
 * Makes the fields of a PostObject form, with V4 unless told otherwise. The bucket, the key, the callback and every
 * other field are fixed by an equality condition, so that whoever gets the form cannot change or drop them.
 *
 * OSS: *PostObject*, https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 *
 * @throws {SigningInputError} for what OSS could only refuse
 */
export function signPostForm(options: SignPostFormOptions): SignedPostForm {
  const { credentials, now, key, callback } = options;
  assertCredentials(credentials);
  assertSigningTime(now);
  const names = Object.keys(options.fields ?? {}).map((name) => name.toLowerCase());
  if (names.some((name) => name === '' || RESERVED.test(name)) || new Set(names).size < names.length) {
    throw new SigningInputError('fields', 'must not repeat a name, nor hold a field that has an option or is signed');
  }
  const chosen = { key, ...options.fields, ...(callback === undefined ? {} : { callback }) };
  const conditioned = new Set((options.conditions ?? []).map(conditionField));
  const fixed = Object.entries({ bucket: options.bucket, ...chosen })
    .filter(([name]) => !conditioned.has(name.toLowerCase()))
    .map(([name, value]): PostPolicyCondition => ['eq', `$${name}`, value]);

  const { before, sign, conditions } = options.version === 'V1' ? schemeV1(credentials) : schemeV4(options);
  const policy = buildPostPolicy({
    expiration: options.expiration,
    conditions: [...conditions, ...fixed, ...(options.conditions ?? [])],
  });
  const stringToSign = Buffer.from(policy).toString('base64');
  return { fields: { ...chosen, ...before, policy: stringToSign, ...sign(stringToSign) }, policy, stringToSign };
}

interface PostScheme {
  /** Fields that say who signs. */
  readonly before: Readonly<Record<string, string>>;
  /** The field that holds the signature. */
  readonly sign: (policyBase64: string) => Readonly<Record<string, string>>;
  /** Conditions that the version demands. */
  readonly conditions: readonly PostPolicyCondition[];
}

function schemeV1({ accessKeyId, accessKeySecret, securityToken }: Credentials): PostScheme {
  return {
    before: { OSSAccessKeyId: accessKeyId, ...tokenField(securityToken) },
    sign: (policy) => ({ Signature: signatureV1(accessKeySecret, policy) }),
    conditions: [],
  };
}

function schemeV4(options: Exclude<SignPostFormOptions, { readonly version: 'V1' }>): PostScheme {
  const { credentials, region, product = DEFAULT_PRODUCT, now } = options;
  assertRegion(region);
  const dateTime = formatDateTime(now);
  const scope: CredentialScope = { signDate: dateTime.slice(0, 8), region, product };
  const before = {
    'x-oss-signature-version': ALGORITHM,
    'x-oss-credential': `${credentials.accessKeyId}/${credentialScope(scope)}`,
    'x-oss-date': dateTime,
    ...tokenField(credentials.securityToken),
  };
  return {
    before,
    sign: (policy) => ({ 'x-oss-signature': postSignatureV4(credentials.accessKeySecret, scope, policy) }),
    // "Must be in the policy": page of the V4 signature of PostObject; else EC 0006-00000228.
    conditions: Object.entries(before).map(([name, value]) => ({ [name]: value })),
  };
}

function tokenField(securityToken: string | undefined): Readonly<Record<string, string>> {
  return securityToken === undefined ? {} : { 'x-oss-security-token': securityToken };
}
