import { checkPostPolicy, verifyPostForm } from '@oss-callback/oss-signing';
import type { PostFormRefusal } from '@oss-callback/oss-signing';
import { findAccessKeys } from './access-keys.ts';
import { refusalError } from './authenticate.ts';
import type { PostForm } from '../form/post-form.ts';
import type { Caller, OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssRequest } from '../http/oss-request.ts';

export interface AdmittedForm {
  readonly caller: Caller;
  /** Inclusive, bytes of the file; `undefined` when the policy says nothing of it. */
  readonly sizeRange: { readonly min: number; readonly max: number } | undefined;
}

/**
 * Who sends a form, by the signature of its policy, and whether the form is as the policy wants it.
 * @throws {OssError} for a signature that does not hold, an invalid or expired policy, and a condition that is not met. A
 * form without a signature is anonymous, and no error yet.
 */
export function authenticateForm(
  { fields, file }: PostForm,
  { request, bucket, emulator }: OperationCall,
): AdmittedForm {
  const now = request.receivedAt;
  const { region } = emulator;
  const securityToken = fields.find(([name]) => name.toLowerCase() === 'x-oss-security-token')?.[1];
  const keys = findAccessKeys(emulator, securityToken, now);
  const verification = verifyPostForm(fields, { findCredentials: keys.findCredentials, now, region });
  if (!verification.ok) {
    if (verification.reason === 'unsigned') return { caller: { kind: 'anonymous' }, sizeRange: undefined };
    throw keys.refusal() ?? formRefusalError(verification, request);
  }
  const check = checkPostPolicy(verification.policy, { bucket, fields, fileContentType: file.contentType, now });
  if (!check.ok) {
    const code = check.reason === 'invalid-document' ? 'InvalidPolicyDocument' : 'AccessDenied';
    throw new OssError(code, {}, { message: check.message, ec: check.ec });
  }
  return {
    caller: keys.callerOf(verification.accessKeyId),
    sizeRange: check.contentLengthRange,
  };
}

/** OSS: *Errors of PostObject*, https://www.alibabacloud.com/help/en/oss/how-to-handle-common-errors-when-the-postobject-operation-is-called */
function formRefusalError(refusal: Exclude<PostFormRefusal, { reason: 'unsigned' }>, request: OssRequest): OssError {
  if (refusal.reason === 'missing-field') {
    const message = EMPTY_FIELD_MESSAGES[refusal.field] ?? `Post request ${refusal.field} is empty.`;
    return new OssError('InvalidArgument', { ArgumentName: refusal.field }, { message, ec: refusal.ec });
  }
  if (refusal.reason === 'security-token-missing' || refusal.reason === 'security-token-invalid') {
    // "The temporary user does not provide an STS token": the page counts it as an unknown key.
    const code = refusal.reason === 'security-token-missing' ? 'InvalidAccessKeyId' : 'InvalidSecurityToken';
    return new OssError(code, { OSSAccessKeyId: refusal.accessKeyId });
  }
  return refusalError(refusal, request);
}

const EMPTY_FIELD_MESSAGES: Readonly<Record<string, string>> = {
  OSSAccessKeyId: 'Post request accessKeyId is empty.',
  Signature: 'Post request signature is empty.',
};
