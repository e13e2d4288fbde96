import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

import { signCallback } from '../src/index.ts';

/** What is sent to a callback server; `body` may differ from what was signed. */
export interface CallbackToSend {
  readonly requestTarget: string;
  readonly body: string;
  readonly contentType: string;
  readonly privateKey: string;
  readonly publicKeyUrl: string;
}

export interface CallbackAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** The headers that OSS sends with a callback. */
export function callbackHeaders(callback: CallbackToSend): Readonly<Record<string, string>> {
  const body = Buffer.from(callback.body);
  return {
    'content-type': callback.contentType,
    'content-length': String(body.length),
    authorization: signCallback({ ...callback, body }),
    'x-oss-pub-key-url': Buffer.from(callback.publicKeyUrl).toString('base64'),
  };
}

/** Sends a body as OSS does. The target stays as it is, which `fetch` does not promise. */
export async function sendCallback(
  port: number,
  message: {
    readonly requestTarget: string;
    readonly body: string;
    readonly headers: Readonly<Record<string, string>>;
  },
): Promise<CallbackAnswer> {
  const { requestTarget, headers, body } = message;
  const sent = request({ host: '127.0.0.1', port, method: 'POST', path: requestTarget, headers, agent: false });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** Sends the head of a callback and the beginning of its body, then ends the connection. */
export async function cutOffCallback(port: number, message: Parameters<typeof sendCallback>[1]): Promise<void> {
  const { requestTarget, headers, body } = message;
  const sent = request({ host: '127.0.0.1', port, method: 'POST', path: requestTarget, headers, agent: false });
  sent.on('error', () => undefined);
  await new Promise((resolve) => sent.write(body.slice(0, 10), resolve));
  sent.destroy();
}
