/** The only reader of the environment in this app. */
export interface Settings {
  /** Base URL of the callback server that hands out grants. */
  readonly serverUrl: string;
}

export const DEFAULT_SERVER_URL = 'http://127.0.0.1:3280';

export function readSettings(): Settings {
  return { serverUrl: process.env['OSS_DEMO_SERVER'] ?? DEFAULT_SERVER_URL };
}
