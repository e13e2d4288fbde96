import type { OssResponse } from '../http/oss-response.ts';
import type { RequestBody } from '../http/request-body.ts';
import type { ControlContext } from './control-context.ts';

/** A row of the table `control-routes.ts`. */
export interface ControlRoute {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** What follows `/__emulator/`; a capture group is the id. */
  readonly path: RegExp;
  readonly doc: string;
  readonly handle: (call: ControlCall, context: ControlContext) => Promise<OssResponse>;
}

export interface ControlCall {
  /** First capture group of the path, empty without one. */
  readonly id: string;
  readonly body: RequestBody;
  /** The whole table, for the resource that lists it. */
  readonly routes: readonly ControlRoute[];
}

/** As people write it: `/__emulator/callbacks/:id`. */
export function controlRoutePath({ path }: ControlRoute): string {
  const shown = path.source.replaceAll(/[\^$\\]/g, '').replace('(d+)', ':id');
  return `/__emulator/${shown}`;
}

export function jsonResponse(value: unknown, status = 200): OssResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    body: Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`, 'utf8'),
  };
}

/** @param message one sentence */
export function controlError(status: number, message: string): OssResponse {
  return jsonResponse({ error: message }, status);
}
