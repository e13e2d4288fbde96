import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { objectUrl, signRequest } from '@oss-callback/oss-signing';
import type { Addressing, Credentials } from '@oss-callback/oss-signing';

export const CREDENTIALS: Credentials = {
  accessKeyId: 'emulator-access-key-id',
  accessKeySecret: 'emulator-access-key-secret',
};
export const REGION = 'cn-hangzhou';
export const BUCKET = 'emulator-test';

export interface ClientRequest {
  readonly bucket?: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Signed with the others unless it starts with a capital letter: then it is added behind the signer's back. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signature?: 'V1' | 'V4' | 'none';
  readonly credentials?: Credentials;
  readonly region?: string;
  readonly now?: Date;
  readonly addressing?: Addressing;
}

export interface ClientResponse {
  readonly status: number;
  /** By lower-case name, as UTF-8. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names as they stood on the wire. */
  readonly headerNames: readonly string[];
  readonly body: Buffer;
  readonly text: string;
  /** Content of the first element of that name. */
  element: (name: string) => string | undefined;
}

/** Sends one request over a connection of its own; path and headers reach the wire byte for byte. */
export async function send(url: string, method: string, request: ClientRequest = {}): Promise<ClientResponse> {
  const { key, query, credentials = CREDENTIALS, region = REGION, now = new Date() } = request;
  const bucket = request.bucket === '' ? undefined : request.bucket;
  const { signature = 'V4', addressing = 'path' } = request;
  const headers = Object.entries(request.headers ?? {});
  const unsigned = Object.fromEntries(headers.filter(([name]) => /^[A-Z]/.test(name)));
  const own = Object.fromEntries(headers.filter(([name]) => !/^[A-Z]/.test(name)));
  const target = objectUrl({ endpoint: url, addressing: 'path', bucket, key, query });
  const parts = { method, headers: own, ...(bucket && { bucket }), ...(key && { key }), ...(query && { query }) };
  const signed =
    signature === 'none' ? own : signRequest(parts, { version: signature, credentials, region, now }).headers;
  const host = addressing === 'virtual-hosted' ? { host: `${bucket ?? ''}.oss-${region}.aliyuncs.com` } : {};
  const path = target.slice(url.length);
  const body = request.body === undefined ? Buffer.alloc(0) : Buffer.from(request.body);
  const hasBody = request.body !== undefined || method === 'PUT' || method === 'POST';
  return sendPlain(url, {
    method,
    path: addressing === 'virtual-hosted' ? path.slice(`/${bucket ?? ''}`.length) || '/' : path,
    headers: { ...(hasBody ? { 'content-length': String(body.length) } : {}), ...signed, ...host, ...unsigned },
    body,
  });
}

export interface PlainRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Sends a request as it is, unsigned unless its headers say otherwise. */
export function sendPlain(url: string, { method, path, headers = {}, body }: PlainRequest): Promise<ClientResponse> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<ClientResponse>();
  // As a list node:http sends headers as they are; the length comes last for the sake of a UTF-8 Content-Disposition.
  const all: Record<string, string> = { host: `${hostname}:${port}`, ...headers };
  const { 'content-length': length, ...others } = all;
  const ordered = Object.entries({ ...others, ...(length === undefined ? {} : { 'content-length': length }) });
  const latin1 = ordered.flatMap(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]);
  const outgoing = httpRequest({ host: hostname, port, method, path, headers: latin1, agent: false }, (incoming) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', reject);
    incoming.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const xml = bytes.toString('utf8');
      const { rawHeaders } = incoming;
      const names = rawHeaders.filter((_text, index) => index % 2 === 0);
      const values = rawHeaders.filter((_text, index) => index % 2 === 1);
      resolve({
        status: incoming.statusCode ?? 0,
        headers: Object.fromEntries(
          names.map((name, index) => [name.toLowerCase(), Buffer.from(values[index] ?? '', 'latin1').toString('utf8')]),
        ),
        headerNames: names,
        body: bytes,
        text: xml,
        element: (name) => elementText(xml, name),
      });
    });
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}

/** What stands between the tags, with the five named references undone. */
export function elementText(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([\\s\\S]*?)</${name}>`)
    .exec(xml)?.[1]
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** Writes bytes to the emulator's socket and reads until it closes; for what no HTTP client would send. */
export async function sendRaw(url: string, request: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(typeof request === 'string' ? Buffer.from(request, 'latin1') : request);
  return text(socket);
}
