import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createEmulatorServer } from '../server.ts';
import type { ServerContext } from '../server.ts';

const HEADERS_TIMEOUT_MS = 300;

/** Sends pieces of a head as long as the connection is open, and says what was answered. */
async function drip(head: string): Promise<string> {
  const log: string[] = [];
  const emulator = { now: () => new Date() };
  const context = { emulator, log: (line: string) => log.push(line) } as unknown as ServerContext;
  const server = createEmulatorServer(context, HEADERS_TIMEOUT_MS);
  server.http.listen(0, '127.0.0.1');
  await once(server.http, 'listening');
  const socket = connect((server.http.address() as AddressInfo).port, '127.0.0.1');
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < head.length) socket.write(head.slice(sent, sent + 1));
    sent += 1;
  }, 20);
  const answer = await text(socket);
  clearInterval(timer);
  await server.stop();
  return answer;
}

describe('a head that never ends', () => {
  it('is given up, however steadily it comes', { timeout: 10_000 }, async () => {
    const head = `GET / HTTP/1.1\r\nHost: localhost\r\nx: ${'a'.repeat(1000)}`;
    expect(await drip(head)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('and does not begin is closed without a word', { timeout: 10_000 }, async () => {
    expect(await drip('')).toBe('');
  });
});
