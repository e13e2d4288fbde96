import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../start-error.ts';

/**
 * @returns the URL to reach the server by
 * @throws {StartError} when the address or port cannot be used
 */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new StartError(reasonOf(error, host, port))));
    server.listen({ host, port }, resolve);
  });
  const { address, port: actualPort, family } = server.address() as AddressInfo;
  return `http://${reachable(address, family)}:${actualPort}`;
}

/** A wildcard address is no address to connect to. */
function reachable(address: string, family: string): string {
  if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return family === 'IPv6' ? `[${address}]` : address;
}

function reasonOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `port ${port} of ${host} is already in use; --port 0 picks a free one`;
  if (code === 'EACCES') return `port ${port} of ${host} may not be used without more privileges`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is not an address of this machine`;
  return `cannot listen on ${host}:${port}: ${message}`;
}
