/**
 * The least that a server on node:http can do for the same requests: it reads the body, keeps nothing, checks nothing.
 * A request with `x-oss-callback` makes the same POST request to the same receiver, over a connection of its own as OSS
 * does it, and is answered with what the receiver says. `node floor-server.ts RECEIVER_URL CALLBACK_BODY_BYTES`
 */
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { announce } from './child-server.ts';

const [receiverUrl = '', callbackBodyBytes = '0'] = process.argv.slice(2);
const callbackBody = Buffer.alloc(Number(callbackBodyBytes), 'x');

const server = createServer((incoming, outgoing) => {
  incoming.on('data', () => undefined);
  incoming.on('end', () => {
    if (incoming.headers['x-oss-callback'] === undefined) answer(outgoing, Buffer.alloc(0));
    else sendCallback((reply) => answer(outgoing, reply));
  });
});
announce(server);

function answer(outgoing: ServerResponse, body: Buffer): void {
  outgoing.writeHead(200, { 'Content-Length': body.length }).end(body);
}

function sendCallback(done: (reply: Buffer) => void): void {
  const headers = { 'Content-Length': callbackBody.length, Connection: 'close' };
  const outgoing = request(receiverUrl, { method: 'POST', agent: false, headers }, (incoming: IncomingMessage) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => done(Buffer.concat(chunks)));
  });
  outgoing.end(callbackBody);
}
