import { printable } from './failure-log.ts';
import type { OssRequest } from './oss-request.ts';

/** Says in the log what a client has surely meant otherwise, though its request succeeds: `what` is one sentence. */
export type Warn = (request: Pick<OssRequest, 'requestId' | 'method'>, resource: string, what: string) => void;

const MAX_LINE_CHARACTERS = 2000;

export function createWarn(log: (line: string) => void, now: () => Date): Warn {
  return ({ requestId, method }, resource, what) => {
    log(
      printable(`${now().toISOString()} ${requestId} ${method} /${resource} → warning: ${what}`).slice(
        0,
        MAX_LINE_CHARACTERS,
      ),
    );
  };
}
