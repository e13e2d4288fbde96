import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const EXECUTABLE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
export const BROWSER_TIMEOUT_MS = 60_000;

/** Whether tests in a browser are left out: where none is installed, but never in CI, where they fail then. */
export const LACKS_CHROMIUM =
  // oxlint-disable-next-line node/no-process-env -- CI systems say so in no other way
  EXECUTABLE === undefined && ['', '0', 'false', undefined].includes(process.env['CI']);

/** A web site of another origin than the emulator's, and a browser that opens its pages. */
export interface BrowserSite extends AsyncDisposable {
  readonly origin: string;
  /** Opens the path in a new Chromium. @returns the document when the page has come to rest */
  open(path: string): Promise<string>;
}

/** @param pageAt HTML that the site has at a path with its query */
export async function startBrowserSite(pageAt: (url: string) => string): Promise<BrowserSite> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(pageAt(request.url ?? '/'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const profileDir = await mkdtemp(join(tmpdir(), 'chromium-'));
  return {
    origin,
    open: async (path) => {
      const options = ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', '--virtual-time-budget=20000'];
      const { stdout } = await promisify(execFile)(
        EXECUTABLE ?? 'chromium',
        [...options, `--user-data-dir=${profileDir}`, `${origin}${path}`],
        { timeout: BROWSER_TIMEOUT_MS },
      );
      return stdout;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(profileDir, { recursive: true, force: true });
    },
  };
}
