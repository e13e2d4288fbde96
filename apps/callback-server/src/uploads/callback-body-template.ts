import {
  type CallbackBodyFields,
  type CallbackBodyType,
  type CallbackTemplate,
  customVariable,
  formBody,
  jsonBody,
  systemVariable,
} from '@oss-callback/oss-callback';

/** The system variables that every callback carries, under their own names. */
const REPORTED = [
  'bucket',
  'object',
  'etag',
  'size',
  'mimeType',
  'imageInfo.width',
  'imageInfo.height',
  'imageInfo.format',
  'crc64',
  'contentMd5',
  'operation',
  'clientIp',
  'reqId',
] as const;

/** Field of the callback body that carries the upload ticket. */
export const TICKET_FIELD = 'ticket';

const bodies: Readonly<Record<CallbackBodyType, (fields: CallbackBodyFields) => CallbackTemplate>> = {
  'application/json': jsonBody,
  'application/x-www-form-urlencoded': formBody,
};

/**
 * Writes the `callbackBody` for one upload: the ticket as a constant, then system variables, then the custom ones.
 *
 * @param variables names without `x:`, as `POST /uploads` takes them
 */
export function callbackBodyTemplate(
  bodyType: CallbackBodyType,
  ticket: string,
  variables: Readonly<Record<string, string>>,
): CallbackTemplate {
  const custom = Object.entries(variables).map(([name, value]) => [`x:${name}`, customVariable(name, value)] as const);
  return bodies[bodyType]({
    [TICKET_FIELD]: ticket,
    ...Object.fromEntries(REPORTED.map((name) => [name, systemVariable(name)])),
    ...Object.fromEntries(custom),
  });
}
