import type { CallbackBodyType } from '@oss-callback/oss-callback';

/**
 * The system variables that every callback carries, under their own names. Numbers that OSS may not know stand in
 * quotes: OSS documents only that they are "empty" for objects that are no images, and an empty number outside quotes
 * would make the body no JSON. Strings never stand in quotes, OSS adds them.
 */
const FIELDS = [
  { name: 'bucket', inQuotes: false },
  { name: 'object', inQuotes: false },
  { name: 'etag', inQuotes: false },
  { name: 'size', inQuotes: false },
  { name: 'mimeType', inQuotes: false },
  { name: 'imageInfo.width', inQuotes: true },
  { name: 'imageInfo.height', inQuotes: true },
  { name: 'imageInfo.format', inQuotes: false },
  { name: 'crc64', inQuotes: false },
  { name: 'contentMd5', inQuotes: false },
  { name: 'operation', inQuotes: false },
  { name: 'clientIp', inQuotes: false },
  { name: 'reqId', inQuotes: false },
] as const;

/** Field of the callback body that carries the upload ticket. */
export const TICKET_FIELD = 'ticket';

/**
 * Writes the `callbackBody` for one upload: the ticket as a constant, then system variables, then the custom ones.
 *
 * @param ticket Base64url and dots, so it needs no escaping in either body type
 * @param variableNames names without `x:`, letters, digits, `_` and `-` only
 */
export function callbackBodyTemplate(
  bodyType: CallbackBodyType,
  ticket: string,
  variableNames: readonly string[],
): string {
  const custom = variableNames.map((name) => ({ name: `x:${name}`, inQuotes: false }));
  const fields = [...FIELDS, ...custom];
  switch (bodyType) {
    case 'application/json': {
      const members = fields.map(({ name, inQuotes }) => `"${name}":${inQuotes ? `"\${${name}}"` : `\${${name}}`}`);
      return `{${[`"${TICKET_FIELD}":"${ticket}"`, ...members].join(',')}}`;
    }
    case 'application/x-www-form-urlencoded':
      return [`${TICKET_FIELD}=${ticket}`, ...fields.map(({ name }) => `${name}=\${${name}}`)].join('&');
  }
}
