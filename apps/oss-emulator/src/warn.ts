import { printable } from './failure-log.ts';
import type { OssRequest } from './http/oss-request.ts';
import { withoutSecurityTokens } from './security-token-text.ts';

/** Says in the log what a client has surely meant otherwise, though its request succeeds: `what` is one sentence. */
export type Warn = (request: Pick<OssRequest, 'requestId' | 'method'>, resource: string, what: string) => void;

const MAX_LINE_CHARACTERS = 2000;

export function createWarn(log: (line: string) => void, now: () => Date): Warn {
  return ({ requestId, method }, resource, what) => {
    const line = `${now().toISOString()} ${requestId} ${method} /${resource} → warning: ${what}`;
    log(printable(withoutSecurityTokens(line)).slice(0, MAX_LINE_CHARACTERS));
  };
}
