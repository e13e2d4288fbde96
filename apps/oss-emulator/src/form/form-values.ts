import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import { formError } from './form-error.ts';
import { isKnownField } from './known-fields.ts';
import type { PostForm } from './post-form.ts';

/** What the fields of a form say, once each, by lower-case name: OSS reads names in any case (page *PostObject*). */
export interface FormValues {
  get(name: string): string | undefined;
  /** Custom variables of the callback by full name, `x:user`, in the spelling of the form. */
  readonly variables: ReadonlyMap<string, string>;
  /** What a PutObject would say in its headers: content type, stored headers, metadata, every other `x-oss-` field. */
  readonly headers: RequestHeaders;
}

/** Fields that become headers of the object. Tags are documented as not supported in forms. */
const HEADER =
  /^(?:cache-control|content-(?:type|disposition|encoding)|expires|x-oss-(?!content-type$|tagging$|signature|credential$|date$|security-token$|callback).+)$/;

/** What becomes a header has to fit into one: user metadata may have 8 KB in all (page *PutObject*), and so may the others. */
const MAX_HEADER_VALUES_BYTES = 8 * 1024;

/**
 * @throws {OssError} `InvalidArgument` for a field that OSS looks at and that is there twice (nobody knows which one
 * counts), and for one that becomes a header and cannot be one
 */
export function readFormValues({ fields, file }: PostForm): FormValues {
  const values = new Map<string, string>();
  const variables = new Map<string, string>();
  for (const [name, value] of fields) {
    const lowerCase = name.toLowerCase();
    if (!isKnownField(name)) continue;
    const isVariable = name.startsWith('x:');
    const [known, key] = isVariable ? ([variables, name] as const) : ([values, lowerCase] as const);
    if (known.has(key)) throw invalidField(name, 'The form field must not be given more than once.');
    known.set(key, value);
  }
  return { get: (name) => values.get(name), variables, headers: headersOf(values, file.contentType) };
}

function headersOf(values: ReadonlyMap<string, string>, fileContentType: string | undefined): RequestHeaders {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  // The order of precedence is documented, the third being the type of the file's own part.
  const contentType = values.get('x-oss-content-type') ?? values.get('content-type') ?? fileContentType;
  const entries = [...values].filter(([name]) => HEADER.test(name));
  let sizeBytes = 0;
  for (const [name, value] of [...entries, ['content-type', contentType] as const]) {
    if (value === undefined) continue;
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) throw invalidField(name, 'The name cannot be that of a header.');
    // oxlint-disable-next-line no-control-regex -- they would end the header, or be no part of it
    if (/[\u0000-\u0008\u000A-\u001F\u007F]/.test(value)) {
      throw invalidField(name, 'The value has characters that a header cannot have.');
    }
    sizeBytes += Buffer.byteLength(value);
    if (sizeBytes > MAX_HEADER_VALUES_BYTES) throw formError('value-too-long', `headers have ${sizeBytes} bytes`);
    headers[name] = value;
  }
  return headers;
}

function invalidField(name: string, message: string): OssError {
  return new OssError('InvalidArgument', { ArgumentName: name.slice(0, 128) }, { message });
}
