/** How OSS writes the value in a JSON body: strings with quotes, numbers bare. */
export type CallbackVariableKind = 'string' | 'number';

/** One system variable of `callbackBody`. */
export interface CallbackVariable {
  readonly name: string;
  readonly kind: CallbackVariableKind;
  /** What a JSON body gets when OSS has no value; a form body gets nothing at all. */
  readonly absentInJson: '""' | 'null';
  readonly meaning: string;
  readonly doc: string;
}

const CALLBACK_PAGE = 'https://www.alibabacloud.com/help/en/oss/developer-reference/callback';

/**
 * Every system variable that OSS documents. A row added here reaches renderer, types and documentation by itself.
 *
 * `absentInJson` is an assumption: OSS only says "empty". `null` for image variables follows a signed capture that holds
 * `"imageInfo":null`; `""` for the rest keeps the body valid JSON.
 */
export const callbackVariables = [
  { name: 'bucket', kind: 'string', absentInJson: '""', meaning: 'bucket name', doc: CALLBACK_PAGE },
  { name: 'object', kind: 'string', absentInJson: '""', meaning: 'full object key', doc: CALLBACK_PAGE },
  {
    name: 'etag',
    kind: 'string',
    absentInJson: '""',
    meaning: 'ETag of the object, upper case, without the quotes it has in the response header',
    doc: CALLBACK_PAGE,
  },
  {
    name: 'size',
    kind: 'number',
    absentInJson: 'null',
    meaning: 'size of the whole object in bytes',
    doc: CALLBACK_PAGE,
  },
  { name: 'mimeType', kind: 'string', absentInJson: '""', meaning: 'Content-Type of the object', doc: CALLBACK_PAGE },
  {
    name: 'imageInfo.height',
    kind: 'number',
    absentInJson: 'null',
    meaning: 'image height in pixels; empty when the object is no image',
    doc: CALLBACK_PAGE,
  },
  {
    name: 'imageInfo.width',
    kind: 'number',
    absentInJson: 'null',
    meaning: 'image width in pixels; empty when the object is no image',
    doc: CALLBACK_PAGE,
  },
  {
    name: 'imageInfo.format',
    kind: 'string',
    absentInJson: 'null',
    meaning: 'image format such as jpg or png; empty when the object is no image',
    doc: CALLBACK_PAGE,
  },
  {
    name: 'crc64',
    kind: 'string',
    absentInJson: '""',
    meaning: 'CRC-64 of the object in decimal, as in x-oss-hash-crc64ecma',
    doc: CALLBACK_PAGE,
  },
  {
    name: 'contentMd5',
    kind: 'string',
    absentInJson: '""',
    meaning: 'Base64 MD5, as in Content-MD5; empty after a multipart upload',
    doc: CALLBACK_PAGE,
  },
  {
    name: 'vpcId',
    kind: 'string',
    absentInJson: '""',
    meaning: 'VPC that the uploader came from; empty when it came from none',
    doc: CALLBACK_PAGE,
  },
  { name: 'clientIp', kind: 'string', absentInJson: '""', meaning: 'IP address of the uploader', doc: CALLBACK_PAGE },
  { name: 'reqId', kind: 'string', absentInJson: '""', meaning: 'request id of the upload', doc: CALLBACK_PAGE },
  {
    name: 'operation',
    kind: 'string',
    absentInJson: '""',
    meaning: 'PutObject, PostObject or CompleteMultipartUpload',
    doc: CALLBACK_PAGE,
  },
] as const satisfies readonly CallbackVariable[];

/** Name of a system variable, as it is written between `${` and `}`. */
export type CallbackVariableName = (typeof callbackVariables)[number]['name'];

const rowsByName: ReadonlyMap<string, CallbackVariable> = new Map(callbackVariables.map((row) => [row.name, row]));

/** The row of a system variable; `undefined` for custom (`x:…`) and unknown names. Names are case-sensitive. */
export function findCallbackVariable(name: string): CallbackVariable | undefined {
  return rowsByName.get(name);
}

/** Whether a placeholder's name is one of the system variables. */
export function isCallbackVariableName(name: string): name is CallbackVariableName {
  return rowsByName.has(name);
}
