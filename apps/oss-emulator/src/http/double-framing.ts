import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Lets requests pass that have both Content-Length and `Transfer-Encoding: chunked`. ali-oss sends them for a stream whose
 * length it is told (`put(name, stream, { headers: { 'Content-Length': … } })`, ali-oss 6.23.0, object.test.js, "should add
 * object with readstream"), and OSS takes them; node:http refuses them, and its one public switch for that,
 * `insecureHTTPParser`, drops every other check of the parser too.
 *
 * What makes such requests dangerous is dealt with: the chunks count, the length must agree with them
 * (`request-body.ts`), and nothing else is served on the connection (RFC 9112, section 6.1).
 *
 * The parser's own flag for this case has no public name. Where it cannot be found, everything stays as strict as before.
 */
export function acceptDoubleFraming(server: Server, maxHeaderBytes: number): void {
  server.on('connection', (socket: Socket & { parser?: RequestParser | null }) => {
    const { parser } = socket;
    // What node:http finds slow requests by: without it they would never time out.
    const connections = connectionsOf(server);
    if (parser === undefined || parser === null || connections === undefined) return;
    const { REQUEST, kLenientChunkedLength } = parser.constructor;
    if (REQUEST === undefined || kLenientChunkedLength === undefined) return;
    parser.initialize(REQUEST, { socket }, maxHeaderBytes, kLenientChunkedLength, connections);
  });
}

function connectionsOf(server: Server): unknown {
  const symbol = Object.getOwnPropertySymbols(server).find(
    ({ description }) => description === 'http.server.connections',
  );
  return symbol === undefined ? undefined : Reflect.get(server, symbol);
}

/** The parser of node:http, as far as it is needed here. */
interface RequestParser {
  initialize(type: number, resource: object, maxHeaderBytes: number, lenientFlags: number, connections: unknown): void;
  readonly constructor: { readonly REQUEST?: number; readonly kLenientChunkedLength?: number };
}

/** The body's end is said twice. */
export function hasDoubleFraming({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined && headers['transfer-encoding'] !== undefined;
}
