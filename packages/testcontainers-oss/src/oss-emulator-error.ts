/** The emulator's container did not start, or did not answer as an emulator does. The message ends with its last log lines. */
export class OssEmulatorError extends Error {
  override readonly name = 'OssEmulatorError';
}
