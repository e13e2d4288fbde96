import type { IncomingHttpHeaders } from 'node:http';

/** What is known of whoever calls the API. */
export interface ApiRequest {
  readonly headers: IncomingHttpHeaders;
  /** Address of the peer. */
  readonly ip: string;
}

/**
 * The one place to plug in authentication: says whose uploads a request is about. `undefined` is answered 401.
 *
 * @returns a stable, non-empty id; uploads belong to it and are seen by nobody else
 */
export type UserOf = (request: ApiRequest) => string | undefined | Promise<string | undefined>;

/** Injection token of the {@link UserOf} in use. */
export const USER_OF = Symbol('user of a request');

/** Development only: everybody is the same user. */
export const anonymousUser: UserOf = () => 'anonymous';
