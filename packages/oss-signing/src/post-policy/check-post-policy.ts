import { formFields, type PostFormFields } from './form-fields.ts';
import { parsePostPolicy, type ParsedCondition } from './parse-post-policy.ts';

/** The form that is held against a policy. */
export interface CheckPostPolicyOptions {
  /** The bucket of the request's host or path. A field of that name is not looked at. */
  readonly bucket: string;
  /** The fields before the file, `${filename}` not yet replaced; names in any case. Of a repeated one, every value is held against the conditions. */
  readonly fields: PostFormFields;
  /** Content-Type of the file's part: what `$content-type` means when no field says so. */
  readonly fileContentType?: string | undefined;
  /** The server's time. */
  readonly now: Date;
}

/** The outcome of {@link checkPostPolicy}. */
export type PostPolicyCheck =
  /** The size is for the receiver of the file to check: bytes, both ends included. */
  | { readonly ok: true; readonly contentLengthRange?: { readonly min: number; readonly max: number } }
  | PostPolicyRefusal;

/** `message` is what OSS writes into `<Message>`, `ec` its own code where one is documented. */
export type PostPolicyRefusal = { readonly ok: false; readonly message: string; readonly ec?: string | undefined } & (
  | {
      /** 400 InvalidPolicyDocument. */
      readonly reason: 'invalid-document';
    }
  | {
      /** 403 AccessDenied. */
      readonly reason: 'expired';
      readonly expiration: Date;
    }
  | {
      /** 403 AccessDenied. */
      readonly reason: 'condition-failed';
      /** Its JSON with a blank after each comma. */
      readonly condition: string;
    }
  | {
      /** 403 AccessDenied: a V4 form field that the policy must fix with an equality condition and does not. */
      readonly reason: 'extra-field';
      readonly field: string;
    }
);

/** Java SDK v2 and the page *A V4 signature in a PostObject request*; the last only with a temporary key. */
const FIELDS_TO_FIX = ['x-oss-signature-version', 'x-oss-credential', 'x-oss-date', 'x-oss-security-token'];

/**
 * Holds a form against its policy: document, expiration, conditions in their order, and what V4 demands of a policy.
 * Nothing that a stranger puts into it throws. It does not look at the signature: that is {@link verifyPostForm}.
 *
 * OSS: "Policy" of *PostObject*, https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 *
 * @param policy the field `policy`, Base64, or the JSON text itself
 */
export function checkPostPolicy(policy: string, options: CheckPostPolicyOptions): PostPolicyCheck {
  const parsed = parsePostPolicy(policy);
  if (!parsed.ok) {
    return { ok: false, reason: 'invalid-document', message: `Invalid Policy: ${parsed.fault}`, ec: parsed.ec };
  }
  const { expiration, conditions } = parsed;
  // Written so that NaN, the time of an invalid `now`, is refused.
  if (!(options.now.getTime() <= expiration.getTime())) {
    return { ok: false, reason: 'expired', message: refusal('Policy expired.'), ec: '0006-00000213', expiration };
  }

  const fields = formFields(options.fields);
  const valuesOf = (field: string): readonly string[] => {
    if (field === 'bucket') {
      return [options.bucket];
    }
    const fallback = field === 'content-type' && options.fileContentType !== undefined ? [options.fileContentType] : [];
    return fields.get(field) ?? fallback;
  };
  let min = 0;
  let max = Number.MAX_SAFE_INTEGER;
  for (const condition of conditions) {
    if (condition.match === 'content-length-range') {
      min = Math.max(min, condition.min);
      max = Math.min(max, condition.max);
    } else if (!holds(condition, valuesOf(condition.field))) {
      const { text } = condition;
      return {
        ok: false,
        reason: 'condition-failed',
        message: refusal(`Policy Condition failed: ${text}`),
        ec: valuesOf(condition.field).length === 0 ? '0006-00000226' : '0006-00000227',
        condition: text,
      };
    }
  }

  const free = fields.has('x-oss-signature-version') ? FIELDS_TO_FIX.find((name) => isFree(name)) : undefined;
  if (free !== undefined) {
    const message = refusal(`Extra input fields: ${free}`);
    return { ok: false, reason: 'extra-field', message, field: free, ec: '0006-00000228' };
  }
  const hasRange = conditions.some(({ match }) => match === 'content-length-range');
  return hasRange ? { ok: true, contentLengthRange: { min, max } } : { ok: true };

  function isFree(name: string): boolean {
    // An empty token counts as absent, as SDKs treat it.
    const isSent = valuesOf(name).some((value) => value !== '');
    return isSent && !conditions.some((condition) => condition.match === 'eq' && condition.field === name);
  }
}

/** Assumption: a field that is not there fulfils no condition, not even `not-in` or an empty `starts-with`. */
function holds(
  { match, values }: Exclude<ParsedCondition, { readonly match: 'content-length-range' }>,
  actual: readonly string[],
): boolean {
  const wanted = new Set(values);
  const fulfils = (value: string): boolean => {
    switch (match) {
      case 'starts-with':
        return value.startsWith(values[0] ?? '');
      case 'not-in':
        return !wanted.has(value);
      case 'eq':
      case 'in':
        return wanted.has(value);
    }
  };
  return actual.length > 0 && actual.every(fulfils);
}

function refusal(sentence: string): string {
  return `Invalid according to Policy: ${sentence}`;
}
