import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { sendRaw } from '../../test/emulator-client.ts';
import { ossErrors } from '../errors.ts';
import { createRequestBody } from './request-body.ts';

/** Sends a body and gives the pieces in which it is read, or what reading it throws. */
async function readPieces(head: string, body: string, maxBytes = 1_000_000): Promise<number[] | string> {
  let result: number[] | string = [];
  const server = createServer((incoming, outgoing) => {
    const read = async (): Promise<void> => {
      const sizes: number[] = [];
      for await (const piece of createRequestBody(incoming, outgoing).read(maxBytes)) sizes.push(piece.length);
      result = sizes;
    };
    const answer = (): void => void outgoing.writeHead(200, { connection: 'close' }).end();
    read()
      .catch((error: Error) => {
        result = error.message;
      })
      .then(answer, answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await sendRaw(`http://127.0.0.1:${port}`, `PUT / HTTP/1.1\r\nHost: a\r\n${head}\r\n\r\n${body}`);
  server.close();
  return result;
}

const total = (sizes: number[] | string): number => (sizes as number[]).reduce((sum, size) => sum + size, 0);

describe('the body of a request', () => {
  it('comes in few pieces, however small it was cut', async () => {
    const pieces = await readPieces('Transfer-Encoding: chunked', `${'1\r\na\r\n'.repeat(100_000)}0\r\n\r\n`);
    expect([total(pieces), pieces.length < 30]).toEqual([100_000, true]);
  });

  it('comes whole when it ends with small pieces', async () => {
    const large = `4e20\r\n${'a'.repeat(20_000)}\r\n`;
    const pieces = await readPieces('Transfer-Encoding: chunked', `1\r\na\r\n${large}1\r\na\r\n0\r\n\r\n`);
    expect(total(pieces)).toBe(20_002);
  });

  it.each([0, 1, 65_536, 65_537, 300_000])('has all of its %i bytes', async (sizeBytes) => {
    expect(total(await readPieces(`Content-Length: ${sizeBytes}`, 'a'.repeat(sizeBytes)))).toBe(sizeBytes);
  });

  it('is refused beyond the limit, whether it says so or not', async () => {
    expect(await readPieces('Content-Length: 11', 'a'.repeat(11), 10)).toBe(ossErrors.EntityTooLarge.message);
    expect(await readPieces('Transfer-Encoding: chunked', `b\r\n${'a'.repeat(11)}\r\n0\r\n\r\n`, 10)).toBe(
      ossErrors.EntityTooLarge.message,
    );
  });
});
