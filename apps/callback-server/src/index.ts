export type { ApiRequest, UserOf } from './auth/user-of.ts';
export type { CallbackServerOptions } from './callback-server-options.ts';
export { type CallbackServer, startCallbackServer } from './start-callback-server.ts';
