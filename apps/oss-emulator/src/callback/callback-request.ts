import {
  callbackConfigError,
  callbackConfigErrors,
  decodeCallbackParam,
  decodeCallbackVar,
  MAX_CALLBACK_PARAM_BYTES,
} from '@oss-callback/oss-callback';
import type { CallbackConfigError, CallbackConfigRule, DecodedCallback } from '@oss-callback/oss-callback';
import { OssError } from '../oss-error.ts';
import type { OssRequest } from '../http/oss-request.ts';
import { callbackFix, callbackVarFix } from './callback-fix.ts';
import type { BucketRecord } from '../store/object-store.ts';
import { callbackPoliciesOf } from './callback-policies.ts';

/** The callback that an upload asks for, checked: nothing in it can fail any more before the object is stored. */
export interface RequestedCallback {
  readonly callback: DecodedCallback;
  /** The parameter as it was sent, or as the callback policy has it: Base64. */
  readonly paramText: string;
  /** Custom variables by full name: `x:user`. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * Reads `x-oss-callback` and `x-oss-callback-var`, or `callback` and `callback-var` of the query.
 * @param bucket whose callback policy the upload may name
 * @returns `undefined` when the upload has no callback
 * @throws {OssError} `InvalidArgument` with OSS's message and EC for every fault of the configuration
 */
export function readRequestedCallback(request: OssRequest, bucket: BucketRecord): RequestedCallback | undefined {
  const paramText = carriedText(request, 'callback', 'header-and-query');
  const varText = carriedText(request, 'callback-var', 'var-header-and-query');
  return decodeCallback(paramText, () => decodeVariables(varText), bucket);
}

/**
 * The callback of a form: its field `callback`, and a field of its own for each custom variable (OSS: *Callback*).
 * @param variables names with their `x:`. Assumed: together they have the 5 KB that `callback-var` has elsewhere
 * @param bucket whose callback policy the form may name
 * @returns `undefined` when the form has no callback
 * @throws {OssError} `InvalidArgument` with OSS's message and EC for every fault of the configuration
 */
export function readFormCallback(
  callback: string | undefined,
  variables: ReadonlyMap<string, string>,
  bucket: BucketRecord,
): RequestedCallback | undefined {
  const sizeBytes = [...variables].flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const checkVariables = (): ReadonlyMap<string, string> => {
    if (sizeBytes > MAX_CALLBACK_PARAM_BYTES) throw callbackConfigRefusal(callbackConfigError('var-too-long', ''));
    return variables;
  };
  return decodeCallback(callback ?? '', checkVariables, bucket);
}

/**
 * @param readVariables comes second, as OSS's codes are in that order
 * @throws {OssError} `InvalidArgument`
 */
export function decodeCallback(
  paramText: string,
  readVariables: () => ReadonlyMap<string, string>,
  bucket: BucketRecord,
): RequestedCallback | undefined {
  const own = decodeParam(paramText);
  const variables = readVariables();
  const policyName = namedPolicy(paramText);
  if (policyName === undefined) return own === undefined ? undefined : { callback: own, paramText, variables };
  const policy = callbackPoliciesOf(bucket)?.find(({ name }) => name === policyName);
  const callback = policy === undefined ? undefined : decodeParam(policy.callback);
  if (policy === undefined || callback === undefined) throw unknownPolicy(policyName);
  // Assumed: what the upload says of a variable comes before what the policy says.
  const all = new Map([...decodeVariables(policy.callbackVar), ...variables]);
  return { callback, paramText: policy.callback, variables: all };
}

/** @throws {OssError} `InvalidArgument` */
export function decodeParam(text: string): DecodedCallback | undefined {
  const param = decodeCallbackParam(text);
  if (!param.ok) throw callbackConfigRefusal(param.error, callbackFix(text));
  return param.callback;
}

/** @throws {OssError} `InvalidArgument` */
export function decodeVariables(text: string): ReadonlyMap<string, string> {
  const vars = decodeCallbackVar(text);
  if (!vars.ok) throw callbackConfigRefusal(vars.error, callbackVarFix(text));
  return vars.variables;
}

/**
 * `{"callbackPolicy":"name"}` refers to a callback that is kept with the bucket. Assumed: beside it nothing else counts.
 * @param paramText that has been decoded without a fault
 */
function namedPolicy(paramText: string): string | undefined {
  if (paramText === '') return undefined;
  const { callbackPolicy } = JSON.parse(Buffer.from(paramText, 'base64').toString('utf8')) as {
    callbackPolicy?: unknown;
  };
  if (callbackPolicy === undefined) return undefined;
  if (typeof callbackPolicy !== 'string') throw unknownPolicy(JSON.stringify(callbackPolicy));
  return callbackPolicy;
}

/** No page of OSS says what it answers; its other faults of a callback are 400 `InvalidArgument`. */
function unknownPolicy(name: string): OssError {
  return new OssError(
    'InvalidArgument',
    { ArgumentName: 'callbackPolicy', ArgumentValue: name },
    { message: 'The callback policy does not exist.' },
  );
}

/** @param cause for the log line: what to write instead */
export function callbackConfigRefusal(
  { message, ec, argumentName, argumentValue }: CallbackConfigError,
  cause?: string,
): OssError {
  return new OssError(
    'InvalidArgument',
    { ArgumentName: argumentName, ArgumentValue: argumentValue },
    { message, ec: ec === '' ? undefined : ec, cause },
  );
}

function carriedText({ headers, parameters }: OssRequest, name: string, bothGiven: CallbackConfigRule): string {
  const fromHeader = headers[`x-oss-${name}`];
  const fromQuery = parameters.get(name);
  if (fromHeader !== undefined && fromQuery !== undefined) {
    const { message, ec, argumentName } = callbackConfigErrors[bothGiven];
    throw new OssError('InvalidArgument', { ArgumentName: argumentName }, { message, ec: ec === '' ? undefined : ec });
  }
  return fromHeader ?? fromQuery ?? '';
}
