import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { StartedTestContainer } from 'testcontainers';
import { describe, expect, it } from 'vitest';
import { OssEmulatorError } from './oss-emulator-error.ts';
import { StartedOssEmulatorContainer } from './started-oss-emulator-container.ts';

/** A control API that keeps what it gets, in the place of a container's. */
async function startControl(status: number, answer: string) {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const receive = async (): Promise<void> => {
      received.push(`${request.method} ${request.url} ${await text(request)}`);
      response.writeHead(status).end(answer);
    };
    void receive();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const container = { getHost: () => '127.0.0.1', getMappedPort: () => port } as unknown as StartedTestContainer;
  const settings = { publicUrl: 'http://oss:9280' } as never;
  return {
    received,
    started: new StartedOssEmulatorContainer(container, settings, 'oss'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('StartedOssEmulatorContainer', () => {
  it('hands faults to the control API, in the place of those before', async () => {
    await using control = await startControl(200, '{"faults":[]}');
    await control.started.setFaults('callback-500', { profile: 'store-failing', times: 2 });
    await control.started.setFaults();
    expect(control.received).toEqual([
      'PUT /__emulator/faults ["callback-500",{"profile":"store-failing","times":2}]',
      'PUT /__emulator/faults []',
    ]);
  });

  it('says why the emulator refuses a fault', async () => {
    await using control = await startControl(400, '{"error":"unknown fault profile"}');
    const setting = control.started.setFaults('callback-5000');
    await expect(setting).rejects.toThrow(/answered 400 \{"error":"unknown fault profile"\}/);
    await expect(setting).rejects.toBeInstanceOf(OssEmulatorError);
  });

  it('resets', async () => {
    await using control = await startControl(204, '');
    await control.started.reset();
    expect(control.received).toEqual(['POST /__emulator/reset ']);
  });
});
