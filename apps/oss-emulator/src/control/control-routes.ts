import { getCallback, listCallbacks, replayCallback } from './callbacks.ts';
import type { ControlRoute } from './control-route.ts';
import { deleteFaults, listFaults, putFaults } from './faults.ts';
import { getHealth } from './health.ts';
import { getIndex } from './index-page.ts';
import { putPublicUrl } from './public-url.ts';
import { getPublicKey } from './public-key.ts';
import { postReset } from './reset.ts';
import { listUploads } from './uploads.ts';

export const controlRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: /^$/, doc: 'this list', handle: getIndex },
  { method: 'GET', path: /^health$/, doc: '200 when requests are served', handle: getHealth },
  {
    method: 'GET',
    path: /^uploads$/,
    doc: 'what was stored, newest first, each with its callbacks',
    handle: listUploads,
  },
  { method: 'GET', path: /^callbacks$/, doc: 'the callbacks sent so far, newest first', handle: listCallbacks },
  { method: 'GET', path: /^callbacks\/(\d+)$/, doc: 'one callback', handle: getCallback },
  { method: 'POST', path: /^callbacks\/(\d+)\/replay$/, doc: 'send it again', handle: replayCallback },
  {
    method: 'GET',
    path: /^callback_pub_key_v1\.pem$/,
    doc: 'the key that callbacks are signed with',
    handle: getPublicKey,
  },
  {
    method: 'PUT',
    path: /^public-url$/,
    doc: 'where the emulator is reached from now on; the URL is the body',
    handle: putPublicUrl,
  },
  {
    method: 'GET',
    path: /^faults$/,
    doc: 'the faults that are set, and the profiles that there are',
    handle: listFaults,
  },
  { method: 'PUT', path: /^faults$/, doc: 'the faults from now on: a fault, a name, or a list', handle: putFaults },
  { method: 'DELETE', path: /^faults$/, doc: 'no faults any more', handle: deleteFaults },
  { method: 'POST', path: /^reset$/, doc: 'empty store and journal, no faults', handle: postReset },
];
