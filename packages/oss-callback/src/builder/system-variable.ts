import { CallbackParamError } from '../callback-param-error.ts';
import { type CallbackVariableName, isCallbackVariableName } from '../callback-variables.ts';

/** A place in the body that OSS fills with a fact about the upload. */
export interface SystemVariable {
  readonly kind: 'system';
  readonly name: CallbackVariableName;
}

/**
 * A fact about the upload, for a field of `jsonBody` or `formBody`: `systemVariable('object')`.
 *
 * @throws {CallbackParamError} `variable-unknown`
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function systemVariable(name: CallbackVariableName): SystemVariable {
  if (!isCallbackVariableName(name)) {
    throw new CallbackParamError(String(name), 'variable-unknown', 'OSS has no system variable of this name');
  }
  return { kind: 'system', name };
}
