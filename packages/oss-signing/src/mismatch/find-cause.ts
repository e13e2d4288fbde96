import { percentDecode } from '../percent-decode.ts';
import { findEncodingCause } from './encoding-causes.ts';
import { findHeaderCause } from './header-causes.ts';
import type { MismatchCause, NamedCause } from './mismatch-cause.ts';
import { findQueryCause } from './query-causes.ts';
import type { TextDifference, TextPart } from './text-difference.ts';

/** The two texts in which a difference was found, and the two lines. */
interface Sides {
  readonly clientText: string;
  readonly serverText: string;
  readonly client: string;
  readonly server: string;
  readonly index: number;
}

/** For each part the cause, or the function that finds it. */
const CAUSES: Readonly<Record<TextPart, MismatchCause | ((sides: Sides) => NamedCause)>> = {
  algorithm: 'algorithm',
  'date-time': 'date-time',
  date: 'date-time',
  scope: scopeCause,
  'canonical-request-hash': 'canonical-request',
  method: 'method',
  'canonical-uri': ({ client, server }) => ({ cause: uriCause(client, server) }),
  'canonical-query-string': ({ client, server }) => findQueryCause(client, server),
  'canonical-headers': headerCause,
  'additional-headers': additionalHeadersCause,
  'hashed-payload': 'hashed-payload',
  'content-md5': ({ client, server }) => headerLineCause('content-md5', client, server),
  'content-type': ({ client, server }) => headerLineCause('content-type', client, server),
  'canonicalized-oss-headers': headerCause,
  'canonicalized-resource': resourceCause,
};

/** Finds why the texts differ. */
export function findCause(difference: TextDifference, clientText: string, serverText: string): NamedCause {
  if (clientText.replaceAll('\r\n', '\n') === serverText) {
    return { cause: 'carriage-return' };
  }
  if (clientText.trimEnd() === serverText.trimEnd()) {
    return { cause: 'trailing-newline' };
  }
  const { client = '', server = '', line } = difference;
  const cause = CAUSES[difference.part];
  return typeof cause === 'string' ? { cause } : cause({ clientText, serverText, client, server, index: line - 1 });
}

function scopeCause({ client, server }: Sides): NamedCause {
  const [ours, theirs] = [client.split('/'), server.split('/')];
  const causes = ['sign-date', 'region', 'product'] as const;
  const index = ours.length === theirs.length ? theirs.findIndex((part, place) => part !== ours[place]) : -1;
  return { cause: causes[index] ?? 'scope' };
}

function uriCause(client: string, server: string): MismatchCause {
  const isWithoutBucket = client.startsWith('/') && /^\/[^/]+$/.test(server.slice(0, -client.length));
  return server.endsWith(client) && isWithoutBucket ? 'bucket-missing' : (findEncodingCause(client, server) ?? 'uri');
}

/** V1: `/bucket/key?parameters`, nothing encoded. */
function resourceCause({ clientText, serverText, client, server, index }: Sides): NamedCause {
  if (client.includes(':') && client.startsWith('x-oss-')) {
    return findHeaderCause(clientText.split('\n'), serverText.split('\n'), index);
  }
  const [path = '', parameters = ''] = splitOnce(client);
  const [receivedPath = '', receivedParameters = ''] = splitOnce(server);
  if (percentDecode(client) === server) {
    return { cause: 'v1-encoded' };
  }
  return path === receivedPath
    ? findQueryCause(parameters, receivedParameters)
    : { cause: uriCause(path, receivedPath) };
}

function headerCause({ clientText, serverText, index }: Sides): NamedCause {
  return findHeaderCause(clientText.split('\n'), serverText.split('\n'), index);
}

/** The client's text may still be at its headers where the server's has come to the names. */
function additionalHeadersCause(sides: Sides): NamedCause {
  return sides.client.includes(':') ? headerCause(sides) : { cause: 'additional-headers' };
}

/** A line of V1 that holds a value alone, or nothing when there is no such header. */
function headerLineCause(name: string, client: string, server: string): NamedCause {
  if (client === '') {
    return { cause: 'header-not-signed', name };
  }
  return { cause: server === '' ? 'header-not-received' : 'header-value', name };
}

function splitOnce(resource: string): readonly string[] {
  const questionMark = resource.indexOf('?');
  return questionMark === -1 ? [resource] : [resource.slice(0, questionMark), resource.slice(questionMark + 1)];
}
