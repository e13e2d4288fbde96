/** What a message may name. */
export interface CallbackFailureDetails {
  /** Status that the callback server answered. */
  readonly status?: number;
  /** Where OSS connected to, `ip:port`. */
  readonly address?: string;
  /** Time allowed for the callback; OSS's is fixed at `CALLBACK_TIMEOUT_MS`. */
  readonly timeoutMs?: number;
}

/** One way in which a callback fails: the object is stored, the uploader gets 203 `CallbackFailed`. */
export interface CallbackFailureRow {
  /** OSS's fine-grained code; empty where none is known. */
  readonly ec: string;
  /** With `<status>`, `<address>` and `<timeoutMs>` where the text names them. */
  readonly message: string;
  readonly doc: string;
  /** Columns that no source gives and that are therefore our guess. */
  readonly assumed?: readonly ('ec' | 'message')[];
}

/** OSS waits this long for a callback reply, connecting included (assumed), and never retries. */
export const CALLBACK_TIMEOUT_MS = 5000;

const TROUBLESHOOTING = 'https://help.aliyun.com/document_detail/50092.html';
const STATUS_203 = 'https://www.alibabacloud.com/help/en/oss/support/http-status-code-203';
const REPLY_EC = '0007-00000203';

const BAD_GATEWAY = 'Error status : 502.';

/** All known failures of the callback itself. Spelling and the two forms of "Error status" are the service's own. */
export const callbackFailures = {
  status: {
    ec: REPLY_EC,
    message: 'Error status : <status>.',
    doc: TROUBLESHOOTING,
  },
  'connection-refused': {
    ec: REPLY_EC,
    message: 'Error status : -1.OSS can not connect to your callbackUrl, please check it.',
    doc: TROUBLESHOOTING,
  },
  timeout: {
    ec: '0007-00000202',
    message: 'Error status : -1 <address> reply timeout, cost:<timeoutMs>ms, timeout:<timeoutMs>ms (err -4, errno115)',
    doc: 'https://help.aliyun.com/zh/oss/support/0007-00000202',
  },
  tls: { ec: REPLY_EC, message: BAD_GATEWAY, doc: TROUBLESHOOTING },
  dns: { ec: REPLY_EC, message: BAD_GATEWAY, doc: TROUBLESHOOTING },
  /** The connection ended before the reply did. */
  reset: { ec: REPLY_EC, message: BAD_GATEWAY, doc: TROUBLESHOOTING, assumed: ['message'] },
  'content-length-missing': {
    ec: REPLY_EC,
    message: 'Error Status : 400.User server missing content-length.',
    doc: STATUS_203,
    assumed: ['ec'],
  },
  'content-length-invalid': {
    ec: REPLY_EC,
    message: 'Error Status : 400.User server return invalid conent-length value.',
    doc: STATUS_203,
    assumed: ['ec'],
  },
  'content-length-too-long': {
    ec: REPLY_EC,
    message: 'Error Status : 400.User server return too long content-length value.',
    doc: STATUS_203,
    assumed: ['ec'],
  },
  'not-json': {
    ec: '0007-00000205',
    message: 'Response body is not valid json format.',
    doc: 'https://help.aliyun.com/en/oss/user-guide/0007-00000205',
  },
  'image-info': {
    ec: '0007-00000301',
    message: 'Get image info failed.',
    doc: STATUS_203,
  },
  'too-many-requests': {
    ec: '',
    message: 'Too many callback requests.',
    doc: STATUS_203,
  },
} as const satisfies Record<string, CallbackFailureRow>;

/** Key of a row in `callbackFailures`; also the word for journals and metrics. */
export type CallbackFailureReason = keyof typeof callbackFailures;

/** A callback that failed, with what the 203 answer of OSS says about it. */
export interface CallbackFailure {
  readonly outcome: 'failed';
  readonly reason: CallbackFailureReason;
  readonly message: string;
  /** Empty where no code is known: leave `<EC>` out then. */
  readonly ec: string;
}

/**
 * Fills one row of `callbackFailures`. `classifyCallbackReply` calls it for replies; who sends the callback calls it when
 * there is none.
 *
 * @see https://help.aliyun.com/document_detail/50092.html
 */
export function callbackFailure(reason: CallbackFailureReason, details: CallbackFailureDetails = {}): CallbackFailure {
  const { message, ec }: CallbackFailureRow = callbackFailures[reason];
  const { status = 0, address = '-', timeoutMs = CALLBACK_TIMEOUT_MS } = details;
  const values: Readonly<Record<string, string>> = {
    '<status>': String(status),
    '<address>': address,
    '<timeoutMs>': String(timeoutMs),
  };
  const filled = message.replaceAll(/<[a-zA-Z]+>/g, (name) => values[name] ?? name);
  return { outcome: 'failed', reason, message: filled, ec };
}
