import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CallbackRequest } from '../src/testing/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Parsed `text`. */
  readonly json: unknown;
}

/** Sends a request; `headers` may be a flat list of names and values, to send one twice. */
export function send(
  url: string,
  { method, path, headers, body }: Omit<CallbackRequest, 'headers'> & { headers: Record<string, string> | string[] },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(url), { method, path, headers, agent: false }, (response) => {
      text(response).then((answer) => resolve(toAnswer(response.statusCode ?? 0, response.headers, answer)), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Writes text to a socket as it is and collects everything that comes back. */
export function sendRaw(url: string, lines: string, keepOpen = false): Promise<string> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(lines, 'latin1');
      if (!keepOpen) {
        socket.end();
      }
    });
    text(socket).then(resolve, reject);
  });
}

function toAnswer(status: number, headers: Answer['headers'], body: string): Answer {
  return {
    status,
    headers,
    text: body,
    get json() {
      return JSON.parse(body) as unknown;
    },
  };
}
