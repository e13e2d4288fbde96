/** A callback server that answers every request with `{"Status":"OK"}`: `node receiver.ts` */
import { createServer } from 'node:http';
import { announce } from './child-server.ts';

const BODY = '{"Status":"OK"}';

announce(
  createServer((incoming, outgoing) => {
    incoming.on('data', () => undefined);
    incoming.on('end', () => {
      outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': BODY.length }).end(BODY);
    });
  }),
);
