import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const WRITTEN_PORT = '3280';
const START_MS = 20_000;

export interface SnippetServer extends AsyncDisposable {
  readonly port: number;
}

/**
 * Runs a program of the README as its reader would, but for the port: in a process of its own, on the sources of this
 * package. `preload` is a module that is loaded first.
 */
export async function startSnippet(
  file: string,
  options: { readonly preload: string; readonly environment: Readonly<Record<string, string>> },
): Promise<SnippetServer> {
  const port = await findFreePort();
  const program = file.replace(/\.ts$/, `-${port}.ts`);
  writeFileSync(program, readFileSync(file, 'utf8').replaceAll(WRITTEN_PORT, String(port)));
  const preload = pathToFileURL(options.preload).href;
  const args = ['--no-warnings', '--conditions=@oss-callback/source', '--import', preload, program];
  const child = spawn(process.execPath, args, { env: options.environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const isListening = await waitUntilListening(child, port);
  if (!isListening) {
    child.kill('SIGKILL');
    throw new TypeError(`${path.basename(file)} does not listen: ${errors.join('')}`);
  }
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGKILL')) {
        await exited;
      }
    },
  };
}

async function waitUntilListening(child: ChildProcess, port: number): Promise<boolean> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const connected = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (connected) {
      return true;
    }
    await sleep(50);
  }
  return false;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
