import { GenericContainer, Wait } from 'testcontainers';
import type { StartedNetwork } from 'testcontainers';
import { MINIO_IMAGE } from './container-images.ts';
import type { ContainerLogs } from './container-logs.ts';

const PORT = 9000;
const STARTUP_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 250;

/** A MinIO that answers, as containers of its network and as this machine reach it. */
export interface Minio extends AsyncDisposable {
  /** For containers of the same network. */
  readonly internalEndpoint: string;
  readonly host: string;
  readonly port: number;
  readonly accessKey: string;
  readonly secretKey: string;
}

export async function startMinio(logs: ContainerLogs, network?: StartedNetwork): Promise<Minio> {
  const account = { accessKey: 'minio-user', secretKey: 'minio-password' };
  const container = new GenericContainer(MINIO_IMAGE)
    .withCommand(['server', '/data'])
    .withEnvironment({ MINIO_ROOT_USER: account.accessKey, MINIO_ROOT_PASSWORD: account.secretKey })
    .withExposedPorts(PORT)
    .withWaitStrategy(
      Wait.forHttp('/minio/health/ready', PORT, { abortOnContainerExit: true }).withReadTimeout(POLL_INTERVAL_MS),
    )
    .withStartupTimeout(STARTUP_TIMEOUT_MS)
    .withLogConsumer(logs.of('minio'));
  if (network !== undefined) container.withNetwork(network).withNetworkAliases('minio');
  const started = await container.start();
  return {
    internalEndpoint: `http://minio:${PORT}`,
    host: started.getHost(),
    port: started.getMappedPort(PORT),
    ...account,
    [Symbol.asyncDispose]: async () => {
      await started.stop();
    },
  };
}
