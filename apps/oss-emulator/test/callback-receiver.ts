import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCallback {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface CallbackReceiver extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly ReceivedCallback[];
}

/** A callback server that keeps what it gets; it answers `{"Status":"OK"}` unless told otherwise. */
export async function startReceiver(
  answer: (response: ServerResponse, callback: ReceivedCallback) => void = answerJson,
): Promise<CallbackReceiver> {
  const received: ReceivedCallback[] = [];
  const server = createServer((incoming, outgoing) => {
    const receive = async (): Promise<void> => {
      const callback = await readCallback(incoming);
      received.push(callback);
      answer(outgoing, callback);
    };
    void receive();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function answerJson(response: ServerResponse): void {
  const body = '{"Status":"OK"}';
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
}

async function readCallback(incoming: IncomingMessage): Promise<ReceivedCallback> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return {
    method: incoming.method ?? '',
    target: incoming.url ?? '',
    rawHeaders: incoming.rawHeaders,
    headers: incoming.headers as Record<string, string | undefined>,
    body: Buffer.concat(chunks),
  };
}
