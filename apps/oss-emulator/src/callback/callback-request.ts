import {
  callbackConfigError,
  callbackConfigErrors,
  decodeCallbackParam,
  decodeCallbackVar,
  MAX_CALLBACK_PARAM_BYTES,
} from '@oss-callback/oss-callback';
import type { CallbackConfigError, CallbackConfigRule, DecodedCallback } from '@oss-callback/oss-callback';
import { OssError } from '../oss-error.ts';
import type { OssRequest } from '../oss-request.ts';
import { callbackFix } from './callback-fix.ts';

/** The callback that an upload asks for, checked: nothing in it can fail any more before the object is stored. */
export interface RequestedCallback {
  readonly callback: DecodedCallback;
  /** The parameter as it was sent, Base64. */
  readonly paramText: string;
  /** Custom variables by full name: `x:user`. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * Reads `x-oss-callback` and `x-oss-callback-var`, or `callback` and `callback-var` of the query.
 * @returns `undefined` when the upload has no callback
 * @throws {OssError} `InvalidArgument` with OSS's message and EC for every fault of the configuration
 */
export function readRequestedCallback(request: OssRequest): RequestedCallback | undefined {
  const paramText = carriedText(request, 'callback', 'header-and-query');
  const varText = carriedText(request, 'callback-var', 'var-header-and-query');
  const param = decodeCallbackParam(paramText);
  if (!param.ok) throw callbackConfigRefusal(param.error, callbackFix(paramText));
  const vars = decodeCallbackVar(varText);
  if (!vars.ok) throw callbackConfigRefusal(vars.error);
  if (param.callback === undefined) {
    refuseCallbackPolicy(paramText);
    return undefined;
  }
  return { callback: param.callback, paramText, variables: vars.variables };
}

/**
 * The callback of a form: its field `callback`, and a field of its own for each custom variable (OSS: *Callback*).
 * @param variables names with their `x:`. Assumed: together they have the 5 KB that `callback-var` has elsewhere
 * @returns `undefined` when the form has no callback
 * @throws {OssError} `InvalidArgument` with OSS's message and EC for every fault of the configuration
 */
export function readFormCallback(
  callback: string | undefined,
  variables: ReadonlyMap<string, string>,
): RequestedCallback | undefined {
  const param = decodeCallbackParam(callback ?? '');
  if (!param.ok) throw callbackConfigRefusal(param.error, callbackFix(callback ?? ''));
  const sizeBytes = [...variables].flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (sizeBytes > MAX_CALLBACK_PARAM_BYTES) throw callbackConfigRefusal(callbackConfigError('var-too-long', ''));
  if (param.callback === undefined) {
    refuseCallbackPolicy(callback ?? '');
    return undefined;
  }
  return { callback: param.callback, paramText: callback ?? '', variables };
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

/** `{"callbackPolicy":"name"}` refers to a callback stored with the bucket. To forget it silently would lose callbacks. */
function refuseCallbackPolicy(paramText: string): void {
  if (paramText === '') return;
  const param = JSON.parse(Buffer.from(paramText, 'base64').toString('utf8')) as { callbackPolicy?: unknown };
  if (param.callbackPolicy !== undefined) {
    throw new OssError(
      'NotImplemented',
      { Header: 'x-oss-callback' },
      { message: 'callbackPolicy is not implemented.' },
    );
  }
}
