import type { Socket } from 'node:net';

/** As long as nothing of what is still on its way arrives (nginx: `lingering_timeout`). */
const LINGER_TIMEOUT_MS = 5_000;

/**
 * Ends a connection on which a client is still sending: our direction at once, the other one when the client is done. To close
 * both is to reset it, and a reset takes the answer away that the client has not read yet: Python's urllib, which sends
 * `Connection: close` with every request, told of a broken pipe instead of a refused upload.
 */
export function lingerAtEnd(socket: Socket): void {
  // What node:http closes a connection by after its last answer; without it, it ends our direction only.
  Object.assign(socket, { destroySoon: undefined });
  // Counts from the last byte; then node:http destroys the socket.
  socket.setTimeout(LINGER_TIMEOUT_MS);
}
