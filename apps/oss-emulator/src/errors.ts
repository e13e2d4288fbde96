import { bucketErrors } from './bucket-errors.ts';
import { page } from './error-row.ts';
import type { ErrorRow } from './error-row.ts';
import { formErrors } from './form/form-errors.ts';

/**
 * Every error code the emulator answers with: status, the message OSS uses, and its EC where one is documented.
 * Operations throw a code (`oss-error.ts`); only the server renders it (`error-response.ts`). A code that OSS uses with
 * several messages has the most common one here, and the place that throws it gives the other.
 *
 * Texts and numbers: the status pages linked in `doc`, and the page of each EC
 * (`https://www.alibabacloud.com/help/en/oss/support/<EC>`).
 */
export const ossErrors = {
  ...bucketErrors,

  CallbackFailed: {
    status: 203,
    message: 'Callback to application server failed, please check your callbackUrl.',
    doc: page(203),
  },

  BadRequest: { status: 400, message: 'The request could not be read as HTTP/1.1.', doc: page(400) },
  EntityTooLarge: {
    status: 400,
    message: 'Your proposed upload exceeds the maximum allowed size.',
    doc: page(400),
  },
  EntityTooSmall: {
    status: 400,
    message: 'Your proposed upload smaller than the minimum allowed size.',
    ec: '0042-00000213',
    doc: page(400),
  },
  ...formErrors,
  InvalidArgument: { status: 400, message: 'Invalid Argument.', doc: page(400) },
  InvalidBucketName: { status: 400, message: 'The specified bucket is not valid.', doc: page(400) },
  InvalidDataEncryptionAlgorithmError: {
    status: 400,
    message: 'The KMS Data Encryption request you specified is not valid. Supported value:SM4',
    doc: page(400),
  },
  InvalidDigest: {
    status: 400,
    message: 'The Content-MD5 you specified was invalid.',
    ec: '0017-00000503',
    doc: page(400),
  },
  InvalidEncryptionRequest: {
    status: 400,
    message: 'Miss some necessary client encryption meta parameters.',
    doc: page(400),
  },
  InvalidEncryptionAlgorithmError: {
    status: 400,
    message: 'The Encryption request you specified is not valid. Supported value: AES256/SM4/KMS.',
    ec: '0005-00000003',
    doc: page(400),
  },
  InvalidObjectName: {
    status: 400,
    message: 'The specified object is not valid.',
    ec: '0016-00000002',
    doc: page(400),
  },
  InvalidPart: {
    status: 400,
    message:
      "One or more of the specified parts could not be found or the specified entity tag might not have matched the part's entity tag.",
    doc: page(400),
  },
  InvalidPartOrder: {
    status: 400,
    message: 'The list of parts was not in ascending order. Parts list must specified in order by part number.',
    ec: '0042-00000209',
    doc: page(400),
  },
  InvalidRequest: {
    status: 400,
    message: 'Security-token must be provided by query string parameter.',
    doc: 'https://www.alibabacloud.com/help/en/oss/developer-reference/ddd-signatures-to-urls',
  },
  MalformedXML: {
    status: 400,
    message: 'The XML you provided was not well-formed or did not validate against our published schema.',
    doc: page(400),
  },
  PartNotSequential: {
    status: 400,
    message: 'For sequential multipart upload, you must upload or complete parts with sequential part number.',
    doc: page(400),
  },

  InvalidTag: { status: 400, message: 'The TagKey you have provided is invalid.', doc: page(400) },
  InvalidTargetType: {
    status: 400,
    message: "The symbolic's target file type is invalid",
    ec: '0026-00000011',
    doc: page(400),
  },
  MissingArgument: {
    status: 400,
    message: 'Missing Some Required Arguments.',
    ec: '0016-00000502',
    doc: page(400),
  },
  NotSymlink: { status: 400, message: 'The object is not symlink.', ec: '0043-00000101', doc: page(400) },
  OperationNotSupported: {
    status: 400,
    message: 'The operation is not supported for this resource',
    ec: '0016-00000702',
    doc: page(400),
  },

  AccessDenied: {
    status: 403,
    message: 'You have no right to access this object because of bucket acl.',
    ec: '0003-00000001',
    doc: page(403),
  },
  BucketAlreadyExists: {
    status: 409,
    message:
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. ' +
      'Please select a different name and try again.',
    ec: '0015-00000104',
    doc: page(409),
  },
  InvalidAccessKeyId: {
    status: 403,
    message: 'The OSS Access Key Id you provided does not exist in our records.',
    ec: '0002-00000902',
    doc: page(403),
  },
  InvalidObjectState: {
    status: 403,
    message: "The operation is not valid for the object's state",
    doc: page(403),
  },
  AccessKeyIdAndSecurityTokenNotMatch: {
    status: 403,
    message: 'The AccessKeyId and the security token you provided do not match.',
    ec: '0002-00000004',
    doc: page(403),
  },
  InvalidSecurityToken: {
    status: 403,
    message: 'The security token you provided is invalid.',
    ec: '0002-00000006',
    doc: page(403),
  },
  SecurityTokenExpired: {
    status: 403,
    message: 'The security token you provided has expired.',
    ec: '0002-00000007',
    doc: page(403),
  },
  NonStandardHostForbidden: {
    status: 403,
    message: 'Only the host names of OSS and of this emulator are served.',
    doc: page(403),
  },
  RequestTimeTooSkewed: {
    status: 403,
    message: 'The difference between the request time and the current time is too large.',
    ec: '0002-00000504',
    doc: page(403),
  },
  SecondLevelDomainForbidden: {
    status: 403,
    message: 'Please use virtual hosted style to access.',
    doc: page(403),
  },
  SignatureDoesNotMatch: {
    status: 403,
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    ec: '0002-00000040',
    doc: page(403),
  },

  NoSuchBucket: {
    status: 404,
    message: 'The specified bucket does not exist.',
    ec: '0015-00000101',
    doc: page(404),
  },
  SymlinkTargetNotExist: {
    status: 404,
    // Without a full stop: assertions of the PHP SDK's tests; the page of status 404 has it either way.
    message: 'The symlink target object does not exist',
    ec: '0026-00000012',
    doc: page(404),
  },
  NoSuchUpload: {
    status: 404,
    message:
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    ec: '0042-00000002',
    doc: page(404),
  },
  NoSuchVersion: { status: 404, message: 'The specified version does not exist.', doc: page(404) },
  NoSuchKey: { status: 404, message: 'The specified key does not exist.', ec: '0026-00000001', doc: page(404) },
  /** Java SDK, `BucketCallbackPolicyTest`; the text is ours. */
  BucketCallbackPolicyNotExist: {
    status: 404,
    message: 'The bucket callback policy does not exist.',
    doc: 'https://www.alibabacloud.com/help/en/oss/developer-reference/callback',
  },
  MethodNotAllowed: {
    status: 405,
    message: 'The specified method is not allowed against this resource.',
    ec: '0003-00000016',
    doc: page(405),
  },
  ArchiveRestoreFileStale: {
    status: 409,
    message: 'The archive file is not restored.',
    doc: 'https://www.alibabacloud.com/help/en/oss/developer-reference/cleanrestoredobject',
  },
  ArchiveRestoreNotFinished: {
    status: 409,
    message: "The archive file's restore is not finished.",
    ec: '0016-00000719',
    doc: 'https://www.alibabacloud.com/help/en/oss/developer-reference/cleanrestoredobject',
  },
  ObjectNotAppendable: {
    status: 409,
    message: 'The object is not appendable.',
    ec: '0026-00000017',
    doc: page(409),
  },
  PositionNotEqualToLength: {
    status: 409,
    message: 'Position is not equal to file length',
    ec: '0026-00000016',
    doc: page(409),
  },
  BucketNotEmpty: {
    status: 409,
    message: 'The bucket has objects. Please delete them first.',
    ec: '0015-00000301',
    doc: page(409),
  },
  FileImmutable: { status: 409, message: 'The object you specified is immutable.', doc: page(409) },
  FileAlreadyExists: {
    status: 409,
    message: 'The object you specified already exists and can not be overwritten.',
    doc: page(409),
  },
  RestoreAlreadyInProgress: {
    status: 409,
    message: 'The restore operation is in progress.',
    ec: '0016-00000701',
    doc: page(409),
  },
  PartAlreadyExist: {
    status: 409,
    message: "For sequential multipart upload, you can't overwrite uploaded parts.",
    ec: '0042-00000108',
    doc: 'https://help.aliyun.com/zh/oss/support/0042-00000108',
  },
  MissingContentLength: {
    status: 411,
    message: 'You must provide the Content-Length HTTP header.',
    doc: page(411),
  },
  PreconditionFailed: {
    status: 412,
    message: 'At least one of the pre-conditions you specified did not hold.',
    doc: page(412),
  },
  InvalidRange: { status: 416, message: 'The requested range cannot be satisfied.', doc: page(416) },
  RequestHeaderTooLarge: { status: 431, message: 'Your request headers exceed the maximum allowed size.' },

  InternalError: {
    status: 500,
    message: 'We encountered an internal error. Please try again.',
    doc: page(500),
  },
  /** For faults, and for too many fetches at a time. OSS has 503 for throttling; the name of the code is ours. */
  ServiceUnavailable: { status: 503, message: 'The service is temporarily unavailable. Please try again later.' },
  NotImplemented: {
    status: 501,
    message: 'A header you provided implies functionality that is not implemented.',
    doc: page(501),
  },
} as const satisfies Record<string, ErrorRow>;

export type OssErrorCode = keyof typeof ossErrors;
