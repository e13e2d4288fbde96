/**
 * Every error that STS answers with: status and message. Sources: "Error codes" of AssumeRole, the common error codes of
 * the RPC gateway, and "How to handle the common errors when you access OSS by using STS". `Missing…` follows the one of
 * them that is documented, MissingSecurityToken.
 */
interface StsErrorRow {
  readonly status: number;
  readonly message: string;
}

const missing = (name: string): StsErrorRow => ({ status: 400, message: `${name} is mandatory for this action.` });

export const stsErrors = {
  MissingAction: missing('Action'),
  MissingVersion: missing('Version'),
  MissingAccessKeyId: missing('AccessKeyId'),
  MissingSignature: missing('Signature'),
  MissingSignatureMethod: missing('SignatureMethod'),
  MissingSignatureNonce: missing('SignatureNonce'),
  MissingSignatureVersion: missing('SignatureVersion'),
  MissingTimestamp: missing('Timestamp'),
  MissingSecurityToken: missing('SecurityToken'),
  MissingRoleArn: missing('RoleArn'),
  MissingRoleSessionName: missing('RoleSessionName'),
  InvalidParameter: { status: 400, message: 'The specified parameter "Action or Version" is not valid.' },
  'InvalidParameter.RoleArn': { status: 400, message: 'The parameter RoleArn is wrongly formed.' },
  'InvalidParameter.RoleSessionName': { status: 400, message: 'The parameter RoleSessionName is wrongly formed.' },
  'InvalidParameter.DurationSeconds': {
    status: 400,
    message: 'The Min/Max value of DurationSeconds is 15min/12hr.',
  },
  'InvalidParameter.PolicyGrammar': { status: 400, message: 'The parameter Policy has not passed grammar check.' },
  'InvalidParameter.PolicySize': { status: 400, message: 'The size of Policy must be smaller than 2048 bytes.' },
  'InvalidParameter.ExternalId': { status: 400, message: 'The parameter ExternalId is wrongly formed.' },
  InvalidSignatureMethod: { status: 400, message: 'Specified signature method is not valid.' },
  'InvalidTimeStamp.Format': { status: 400, message: 'Specified time stamp or date value is not well formatted.' },
  'InvalidTimeStamp.Expired': { status: 400, message: 'Specified time stamp or date value is expired.' },
  SignatureDoesNotMatch: { status: 400, message: 'Specified signature is not matched with our calculation.' },
  SignatureNonceUsed: { status: 400, message: 'Specified signature nonce was used already.' },
  'InvalidSecurityToken.Malformed': { status: 400, message: 'Specified SecurityToken is malformed.' },
  'InvalidSecurityToken.MismatchWithAccessKey': {
    status: 400,
    message: 'Specified SecurityToken mismatch with the AccessKey.',
  },
  'InvalidSecurityToken.Expired': { status: 400, message: 'Specified SecurityToken is expired.' },
  RequestBodyTooLarge: { status: 400, message: 'The request is larger than 64 KB.' },
  NoPermission: {
    status: 403,
    message: 'You are not authorized to do this action. You should be authorized by RAM.',
  },
  'InvalidAccessKeyId.NotFound': { status: 404, message: 'Specified access key is not found.' },
  'EntityNotExist.Role': { status: 404, message: 'The specified Role not exists.' },
  InternalError: { status: 500, message: 'STS Server Internal Error happened.' },
} as const satisfies Record<string, StsErrorRow>;

export type StsErrorCode = keyof typeof stsErrors;
