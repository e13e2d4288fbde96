import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';

/** Trusted by nobody but the processes that are told to: its key is in the repository. */
export const CERTIFICATE = fileURLToPath(new URL('../../fixtures/official-hosts-cert.pem', import.meta.url));
const KEY = fileURLToPath(new URL('../../fixtures/official-hosts-key.pem', import.meta.url));

/** HTTPS in front of the emulator, for what the SDKs only do over HTTPS: ali-oss calls STS so. */
export async function openSecureDoor(emulatorPort: number): Promise<{ readonly port: number; close(): void }> {
  const [cert, key] = await Promise.all([readFile(CERTIFICATE), readFile(KEY)]);
  const server = createServer({ cert, key }, (client) => {
    const emulator = connect(emulatorPort, '127.0.0.1');
    client.pipe(emulator).pipe(client);
    client.on('error', () => emulator.destroy());
    emulator.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
