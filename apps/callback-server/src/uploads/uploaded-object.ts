import { CallbackRefusedException } from '@oss-callback/nestjs-oss-callback';

type CallbackFields = Readonly<Record<string, string | number | null>>;

/** The facts about a stored object, as a verified callback reports them. */
export interface UploadedObject {
  readonly sizeBytes: number;
  readonly etag: string;
  readonly mimeType: string;
  readonly imageWidth: number | null;
  readonly imageHeight: number | null;
  readonly imageFormat: string | null;
  readonly crc64: string | null;
  readonly contentMd5: string | null;
  readonly operation: string | null;
  readonly clientIp: string | null;
  readonly callbackRequestId: string | null;
  readonly variables: Readonly<Record<string, string>>;
}

/** Longer than any value of a system variable. */
const MAX_TEXT_LENGTH = 1_024;
const MAX_POSTGRES_INTEGER = 2_147_483_647;

/**
 * Reads the facts out of the fields of a callback body, which may be a JSON body (numbers are numbers) or a form
 * (everything is text).
 *
 * @throws CallbackRefusedException 400 that names the field
 */
export function readUploadedObject(fields: CallbackFields): UploadedObject {
  return {
    sizeBytes: required('size', readNumber(fields, 'size', Number.MAX_SAFE_INTEGER)),
    etag: required('etag', readText(fields, 'etag')),
    mimeType: readText(fields, 'mimeType') ?? '',
    imageWidth: readNumber(fields, 'imageInfo.width', MAX_POSTGRES_INTEGER),
    imageHeight: readNumber(fields, 'imageInfo.height', MAX_POSTGRES_INTEGER),
    imageFormat: readText(fields, 'imageInfo.format'),
    crc64: readText(fields, 'crc64'),
    contentMd5: readText(fields, 'contentMd5'),
    operation: readText(fields, 'operation'),
    clientIp: readText(fields, 'clientIp'),
    callbackRequestId: readText(fields, 'reqId'),
    variables: readVariables(fields),
  };
}

/** An absent value is empty in a form and `null`, perhaps in quotes, in JSON. */
function isAbsent(value: string | number | null | undefined): value is undefined | null | '' | 'null' {
  return value === undefined || value === null || value === '' || value === 'null';
}

function readNumber(fields: CallbackFields, name: string, max: number): number | null {
  const value = fields[name];
  if (isAbsent(value)) {
    return null;
  }
  const number = typeof value === 'string' && /^[0-9]{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > max) {
    throw malformed(name, 'must be a whole number');
  }
  return number;
}

function readText(fields: CallbackFields, name: string): string | null {
  const value = fields[name];
  if (isAbsent(value)) {
    return null;
  }
  if (typeof value !== 'string' || value.length > MAX_TEXT_LENGTH || !isStorable(value)) {
    throw malformed(name, 'must be text of bounded length');
  }
  return value;
}

function readVariables(fields: CallbackFields): Record<string, string> {
  const variables: [string, string][] = [];
  for (const [field, value] of Object.entries(fields)) {
    if (!field.startsWith('x:')) {
      continue;
    }
    const text = value ?? '';
    if (typeof text !== 'string' || !isStorable(field) || !isStorable(text)) {
      throw malformed('x:', 'custom variables must be text');
    }
    variables.push([field.slice(2), text]);
  }
  return Object.fromEntries(variables);
}

/** Postgres keeps no NUL in text, and half a surrogate pair is no text at all. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function required<T>(name: string, value: T | null): T {
  if (value === null) {
    throw malformed(name, 'is missing');
  }
  return value;
}

function malformed(field: string, rule: string): CallbackRefusedException {
  return new CallbackRefusedException({ status: 400, code: 'malformed-field', message: `${field} ${rule}.` });
}
