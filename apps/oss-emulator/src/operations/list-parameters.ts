import { percentEncode } from '@oss-callback/oss-signing';
import { OssError } from '../oss-error.ts';

const DEFAULT_MAX_KEYS = 100;
const MAX_KEYS_LIMIT = 1000;

/**
 * `max-keys`, 1 to 1000, 100 unless given.
 * @throws {OssError} `InvalidArgument`
 */
export function readMaxKeys(parameters: ReadonlyMap<string, string>): number {
  return readLimit(parameters, 'max-keys', { default: DEFAULT_MAX_KEYS, max: MAX_KEYS_LIMIT });
}

/**
 * How many entries a page may have: 1 to `max`.
 * @throws {OssError} `InvalidArgument`
 */
export function readLimit(
  parameters: ReadonlyMap<string, string>,
  name: string,
  { default: unlessGiven, max }: { readonly default: number; readonly max: number },
): number {
  const text = parameters.get(name);
  if (text === undefined || text === '') return unlessGiven;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > max) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: name, ArgumentValue: text },
      { message: `Argument ${name} must be an integer between 1 and ${max}.` },
    );
  }
  return limit;
}

/** Names that a listing is narrowed by are at most as long as keys. */
const MAX_NAME_BYTES = 1023;

/**
 * `prefix`, `delimiter` or a marker; empty unless given.
 * @throws {OssError} `InvalidArgument` (oss2, test_list_object_versions_wrong)
 */
export function readListName(parameters: ReadonlyMap<string, string>, name: string): string {
  const text = parameters.get(name) ?? '';
  if (Buffer.byteLength(text) > MAX_NAME_BYTES) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: name, ArgumentValue: text },
      { message: `The length of ${name} must be less than ${MAX_NAME_BYTES + 1}.` },
    );
  }
  return text;
}

/** How names appear in the answer: as they are, or percent-encoded for keys that XML cannot carry. */
export interface NameEncoding {
  /** Content of `EncodingType`; `undefined` leaves the element out. */
  readonly type: 'url' | undefined;
  readonly encode: (name: string) => string;
}

/** @throws {OssError} `InvalidArgument` for an `encoding-type` that is not `url` */
export function readNameEncoding(parameters: ReadonlyMap<string, string>): NameEncoding {
  const type = parameters.get('encoding-type');
  if (type === undefined || type === '') return { type: undefined, encode: (name) => name };
  if (type !== 'url') {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'encoding-type', ArgumentValue: type },
      { message: 'Invalid Encoding Method specified in Request.' },
    );
  }
  return { type, encode: percentEncode };
}
