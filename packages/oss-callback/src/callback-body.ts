import type { CallbackBodyType } from './callback-body-type.ts';
import { fillTemplate } from './callback-template.ts';
import {
  type CallbackVariableName,
  type callbackVariables,
  findCallbackVariable,
  isCallbackVariableName,
} from './callback-variables.ts';
import { percentEncode } from './percent-encode.ts';

type AlwaysKnown = 'bucket' | 'object' | 'etag' | 'size' | 'mimeType';

type Row<Name> = Extract<(typeof callbackVariables)[number], { name: Name }>;
type ValueOf<Name> = Row<Name>['kind'] extends 'number' ? number : string;

/** Values of the variables for one upload: sizes in bytes, image sides in pixels, everything else decoded text. */
export type CallbackValues = {
  readonly [Name in AlwaysKnown]: ValueOf<Name>;
} & {
  readonly [Name in Exclude<CallbackVariableName, AlwaysKnown>]?: ValueOf<Name> | undefined;
} & {
  /** Custom variables by full name, `x:` included, as `decodeCallbackVar` returns them. */
  readonly variables?: ReadonlyMap<string, string> | undefined;
};

type Writer = (value: string | number) => string;

/**
 * Form: values are percent-encoded, the slash too (signed captures hold `image%2Fpng`). That a blank is `%20` and that
 * `~ * '` follow RFC 3986 is assumed.
 */
const writeFormValue: Writer = (value) => percentEncode(String(value));

/** JSON: OSS adds the quotes of strings itself and leaves slashes alone (signed captures). Escaping is assumed. */
const writeJsonValue: Writer = (value) => JSON.stringify(value);

/**
 * Renders the body that OSS sends to the callback server. Constants are copied byte for byte, also what looks encoded,
 * and the result is not checked: OSS sends whatever the template makes. Never throws.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function renderCallbackBody(
  callback: { readonly body: string; readonly bodyType: CallbackBodyType },
  values: CallbackValues,
): string {
  const isJson = callback.bodyType === 'application/json';
  const write = isJson ? writeJsonValue : writeFormValue;
  const textOf = (name: string): string => {
    const value = valueOf(name, values);
    if (value !== undefined && value !== '') {
      return write(value);
    }
    return isJson ? absentInJson(name) : '';
  };
  // A template may name the same long value hundreds of times: encoding it each time would take a second.
  const written = new Map<string, string>();
  return fillTemplate(callback.body, (name) => {
    const text = written.get(name) ?? textOf(name);
    written.set(name, text);
    return text;
  });
}

function valueOf(name: string, values: CallbackValues): string | number | undefined {
  if (isCallbackVariableName(name)) {
    return values[name];
  }
  return isCustomVariable(name) ? values.variables?.get(name) : undefined;
}

/** Custom variables are strings, so an undefined one is `""`; a name nobody knows is assumed to be `null`. */
function absentInJson(name: string): string {
  return findCallbackVariable(name)?.absentInJson ?? (isCustomVariable(name) ? '""' : 'null');
}

function isCustomVariable(name: string): boolean {
  return name.startsWith('x:');
}
