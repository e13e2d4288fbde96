import { CallbackParamError } from '../callback-param-error.ts';

/** A place in the body that OSS fills with a value from `callback-var`, together with that value. */
export interface CustomVariable {
  readonly kind: 'custom';
  /** With its `x:`. */
  readonly name: string;
  readonly value: string;
}

type Letter =
  | ('a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm')
  | ('n' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z');
type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

type IsName<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? First extends Letter | Digit | '_' | '-' | '.'
    ? Rest extends ''
      ? true
      : IsName<Rest>
    : false
  : false;

/** The name itself if it can be one; names that are known at run time only are checked then. */
export type CustomVariableName<Name extends string> = string extends Name
  ? Name
  : IsName<Name> extends true
    ? Name
    : 'a name consists of a-z, 0-9, "_", "-" and ".", and is written without "x:"';

/**
 * A value that travels in `callback-var`, in a form upload in a field of its own, and so outside the template:
 * `customVariable('user_id', '42')` becomes `${x:user_id}` and declares `x:user_id`.
 *
 * @param name a-z, 0-9, `_`, `-`, `.`; without `x:`, which is put before it. OSS documents lower case only
 * @param value any well-formed text
 * @throws {CallbackParamError} `variable-name-invalid`, `value-not-string`, `text-not-well-formed`
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function customVariable<const Name extends string>(
  name: CustomVariableName<Name>,
  value: string,
): CustomVariable {
  if (!isName(name)) {
    throw new CallbackParamError(
      `x:${String(name).slice(0, 64)}`,
      'variable-name-invalid',
      'the name of a custom variable consists of a-z, 0-9, "_", "-" and ".", without "x:"',
    );
  }
  if (typeof value !== 'string') {
    throw new CallbackParamError(`x:${name}`, 'value-not-string', 'the value of a custom variable must be a string');
  }
  if (!value.isWellFormed()) {
    throw new CallbackParamError(`x:${name}`, 'text-not-well-formed', 'the value holds half a surrogate pair');
  }
  return { kind: 'custom', name: `x:${name}`, value };
}

function isName(name: unknown): name is string {
  return typeof name === 'string' && /^[a-z0-9_.-]+$/.test(name);
}
