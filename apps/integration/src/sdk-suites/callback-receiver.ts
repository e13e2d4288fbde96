import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const ANSWER = '{"Status":"OK"}';

/** Where ali-oss's callback tests have their uploads reported: they want to be told `{"Status":"OK"}`. */
export async function startCallbackReceiver(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': ANSWER.length }).end(ANSWER);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/callback`, close: () => server.close() };
}
