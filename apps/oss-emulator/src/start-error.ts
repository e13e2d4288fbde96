/** The emulator cannot start: the port is taken, the address is not ours. The message is one line. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
