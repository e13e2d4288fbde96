/** One way in which OSS refuses a callback configuration: 400 `InvalidArgument`, and nothing is stored. */
export interface CallbackConfigErrorRow {
  /** OSS's fine-grained code; empty where OSS publishes the message but no code. */
  readonly ec: string;
  readonly message: string;
  readonly argumentName: string;
  readonly doc: string;
  /** Columns that no source gives and that are therefore our guess. */
  readonly assumed?: readonly ('ec' | 'message' | 'argumentName')[];
}

const HELP = 'https://help.aliyun.com';
const callback = { argumentName: 'callback' } as const;
const callbackVar = { argumentName: 'callback-var', assumed: ['argumentName'] } as const;
const HEADERS_MESSAGE = 'The callback additional headers configuration is invalid.';

/**
 * All documented configuration errors, in the order in which OSS numbers and (assumed) checks them. Spelling mistakes are
 * the service's own. Texts marked `message` in `assumed` were never captured.
 */
export const callbackConfigErrors = {
  'callback-too-long': {
    ...callback,
    ec: '0007-00000001',
    message: 'The length of callback exceed max value.',
    doc: `${HELP}/document_detail/602125.html`,
  },
  'callback-not-base64': {
    ...callback,
    ec: '0007-00000002',
    message: 'The callback configuration is not base64 encoded.',
    doc: `${HELP}/en/oss/user-guide/0007-00000002`,
  },
  'callback-not-json': {
    ...callback,
    ec: '0007-00000003',
    message: 'The callback configuration is not json format.',
    doc: `${HELP}/zh/oss/support/0007-00000003`,
  },
  'url-invalid': {
    ...callback,
    ec: '0007-00000004',
    message: 'The callback url configuration is invalid.',
    doc: 'https://www.alibabacloud.com/help/en/oss/user-guide/0007-00000004',
  },
  'too-many-urls': {
    ...callback,
    ec: '0007-00000005',
    message: 'The number of callback url exceed max value.',
    doc: `${HELP}/document_detail/477756.html`,
  },
  /** Only a resolver can tell, so it is the sender of the callback that notices. */
  'private-address': {
    argumentName: 'callbackUrl',
    ec: '0007-00000008',
    message: 'Private address is forbidden to callback.',
    doc: 'https://www.alibabacloud.com/help/en/oss/user-guide/0007-00000008',
  },
  'host-invalid': {
    ...callback,
    ec: '0007-00000009',
    message: 'The callback host configuration is invalid.',
    doc: `${HELP}/zh/oss/support/0007-00000009`,
  },
  'body-not-string': {
    ...callback,
    ec: '0007-00000010',
    message: 'The callback body is invalid.',
    doc: `${HELP}/document_detail/477636.html`,
    assumed: ['ec'],
  },
  'body-empty': {
    ...callback,
    ec: '0007-00000011',
    message: 'The callback body is empty.',
    doc: 'https://www.alibabacloud.com/help/en/oss/support/0007-00000011',
  },
  'body-type-not-string': {
    ...callback,
    ec: '0007-00000012',
    message: 'The callback body type configuration is invalid.',
    doc: `${HELP}/en/oss/user-guide/0007-00000012`,
  },
  'body-type-unsupported': {
    ...callback,
    ec: '0007-00000013',
    message: 'The body type of callback is not supported.',
    doc: `${HELP}/document_detail/604894.html`,
    assumed: ['ec'],
  },
  'sni-not-boolean': {
    ...callback,
    ec: '',
    message: 'The callback sni is invalid.',
    doc: `${HELP}/zh/oss/the-callback-sni-is-invalid`,
  },
  'signature-version-invalid': {
    ...callback,
    ec: '',
    message: 'The callback signature version is invalid.',
    doc: `${HELP}/document_detail/601686.html`,
  },
  'additional-headers-not-map': {
    ...callback,
    ec: '0007-00000021',
    message: HEADERS_MESSAGE,
    doc: `${HELP}/zh/oss/user-guide/0007-00000021`,
    assumed: ['message'],
  },
  'additional-headers-too-many': {
    ...callback,
    ec: '0007-00000022',
    message: HEADERS_MESSAGE,
    doc: `${HELP}/document_detail/604899.html`,
    assumed: ['ec', 'message'],
  },
  'additional-header-name-empty': {
    ...callback,
    ec: '0007-00000023',
    message: HEADERS_MESSAGE,
    doc: `${HELP}/zh/oss/support/0007-00000023`,
    assumed: ['message'],
  },
  'additional-header-name-illegal': {
    ...callback,
    ec: '0007-00000024',
    message: HEADERS_MESSAGE,
    doc: `${HELP}/document_detail/602460.html`,
    assumed: ['ec', 'message'],
  },
  'additional-header-value-illegal': {
    ...callback,
    ec: '0007-00000025',
    message: HEADERS_MESSAGE,
    doc: `${HELP}/zh/oss/support/0007-00000025`,
    assumed: ['message'],
  },
  'additional-header-name-reserved': {
    ...callback,
    ec: '0007-00000026',
    message: HEADERS_MESSAGE,
    doc: 'https://www.alibabacloud.com/help/en/oss/user-guide/0007-00000026',
    assumed: ['message'],
  },
  'header-and-query': {
    ...callback,
    ec: '0007-00000027',
    message: 'Either the callback query string parameter or the x-oss-callback header should be specified, not both.',
    doc: 'https://www.alibabacloud.com/help/en/oss/user-guide/0007-00000027',
    assumed: ['argumentName'],
  },
  'var-header-and-query': {
    ...callbackVar,
    ec: '',
    message:
      'Either the callback-var query string parameter or the x-oss-callback-var header should be specified, not both.',
    doc: `${HELP}/document_detail/478326.html`,
  },
  'var-too-long': {
    ...callbackVar,
    ec: '0007-00000101',
    message: 'The length of callback var exceed max value.',
    doc: 'https://www.alibabacloud.com/help/en/oss/support/0007-00000101',
  },
  'var-not-base64': {
    ...callbackVar,
    ec: '0007-00000102',
    message: 'The callback var is not base64 encoded.',
    doc: `${HELP}/zh/oss/user-guide/0007-00000102`,
    assumed: ['message', 'argumentName'],
  },
  'var-not-json': {
    ...callbackVar,
    ec: '0007-00000103',
    message: 'The callback var is not expecten json.',
    doc: `${HELP}/zh/oss/user-guide/0007-00000103`,
  },
  'var-not-string-map': {
    ...callbackVar,
    ec: '0007-00000104',
    message: 'The callback var is not string map.',
    doc: `${HELP}/document_detail/480035.html`,
    assumed: ['ec', 'message', 'argumentName'],
  },
  'placeholder-without-brace': {
    argumentName: 'ReplaceKeyPrefix',
    ec: '0007-00000105',
    message: 'Left brace must be adjacent to dollar sign.',
    doc: `${HELP}/zh/oss/user-guide/0007-00000105`,
  },
  'placeholder-unclosed': {
    argumentName: 'ReplaceKeyPrefix',
    ec: '0007-00000105',
    message: 'Right brace of the placeholder is missing.',
    doc: `${HELP}/zh/oss/user-guide/0007-00000105`,
    assumed: ['ec', 'message', 'argumentName'],
  },
} as const satisfies Record<string, CallbackConfigErrorRow>;

/** Key of a row in `callbackConfigErrors`. */
export type CallbackConfigRule = keyof typeof callbackConfigErrors;

/** What the 400 `InvalidArgument` answer of OSS carries. */
export interface CallbackConfigError {
  readonly rule: CallbackConfigRule;
  /** Empty where OSS publishes no code: leave `<EC>` out then. */
  readonly ec: string;
  readonly message: string;
  readonly argumentName: string;
  readonly argumentValue: string;
}

/**
 * Fills one row of `callbackConfigErrors`, also those that only the service itself can notice, such as a private address.
 *
 * @param argumentValue what OSS echoes: the decoded JSON, or the text as sent when it could not be decoded; the template for
 *   the placeholder rules; the URL for `private-address`
 */
export function callbackConfigError(rule: CallbackConfigRule, argumentValue: string): CallbackConfigError {
  const { ec, message, argumentName } = callbackConfigErrors[rule];
  return { rule, ec, message, argumentName, argumentValue };
}
