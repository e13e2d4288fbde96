import { OssEmulatorContainer } from '@oss-callback/testcontainers-oss';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import type { StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import { GenericContainer, Network, Wait } from 'testcontainers';
import type { StartedNetwork, StartedTestContainer } from 'testcontainers';
import { BUCKET, CREDENTIALS, REGION } from '../src/start-system.ts';
import type { System } from '../src/start-system.ts';
import { POSTGRES_IMAGE, appImage } from './container-images.ts';
import { ContainerLogs } from './container-logs.ts';
import { recentCallbacks } from './recent-callbacks.ts';
import { startMinio } from './start-minio.ts';
import type { Minio } from './start-minio.ts';

const SERVER_PORT = 3280;
const SERVER_STARTUP_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 250;
const TICKET_SECRET = 'a-secret-of-the-container-suite-and-of-nothing-else';

/** The whole system in containers, and the ways into its two stores for who wants to see what is in them. */
export interface ContainerSystem extends System {
  readonly minio: Minio;
  /** Name of the emulator's image, to start another one from. */
  readonly emulatorImage: string;
  /** Connection string for this machine. */
  readonly databaseUrl: string;
  /** What the containers logged last and which callbacks were sent, for the case that a test fails. */
  report(): Promise<string>;
}

/** MinIO ← emulator ⇄ callback server → Postgres, each in its container, in one network of their own. */
export async function startContainerSystem(): Promise<ContainerSystem> {
  const logs = new ContainerLogs();
  await using resources = new AsyncDisposableStack();
  // One after the other: both builds share the first layers.
  const emulatorImage = resources.use(await appImage('oss-emulator'));
  const serverImage = resources.use(await appImage('callback-server'));
  const network = resources.use(await new Network().start());

  try {
    const minio = resources.use(await startMinio(logs, network));
    const postgres = resources.use(await startPostgres(logs, network));
    const emulator = resources.use(
      await new OssEmulatorContainer(emulatorImage.name)
        .withNetwork(network)
        .withNetworkAliases('oss-emulator')
        .withCredentials(CREDENTIALS.accessKeyId, CREDENTIALS.accessKeySecret)
        .withRegion(REGION)
        .withBuckets(BUCKET)
        .withS3Store({ endpoint: minio.internalEndpoint, accessKey: minio.accessKey, secretKey: minio.secretKey })
        .withLogConsumer(logs.of('oss-emulator'))
        .start(),
    );
    const emulatorUrl = emulator.getEndpoint();
    const account = { emulatorUrl, credentials: CREDENTIALS, region: REGION, bucket: BUCKET };
    const server = resources.use(
      await startServer(logs, network, serverImage.name, {
        DATABASE_URL: `postgres://oss:oss-password@postgres:5432/callbacks`,
        OSS_ENDPOINT: emulatorUrl,
        OSS_CALLBACK_PUBLIC_KEYS: `${emulator.getPublicKeyUrl()}=${await emulator.getPublicKeyPem()}`,
      }),
    );

    const started = resources.move();
    return {
      ...account,
      callbackServerUrl: `http://${server.getHost()}:${server.getMappedPort(SERVER_PORT)}`,
      minio,
      emulatorImage: emulatorImage.name,
      databaseUrl: postgres.getConnectionUri(),
      report: async () => `${logs.toString()}\n--- callbacks\n${await recentCallbacks(emulatorUrl)}\n`,
      [Symbol.asyncDispose]: () => started.disposeAsync(),
    };
  } catch (cause) {
    throw new ContainerSystemError(`the containers did not start\n${logs.toString()}`, { cause });
  }
}

export class ContainerSystemError extends Error {
  override readonly name = 'ContainerSystemError';
}

function startPostgres(logs: ContainerLogs, network: StartedNetwork): Promise<StartedPostgreSqlContainer> {
  return new PostgreSqlContainer(POSTGRES_IMAGE)
    .withNetwork(network)
    .withNetworkAliases('postgres')
    .withDatabase('callbacks')
    .withUsername('oss')
    .withPassword('oss-password')
    .withLogConsumer(logs.of('postgres'))
    .start();
}

/** @param settings what differs from one run to the next; the rest is the account that the emulator knows */
function startServer(
  logs: ContainerLogs,
  network: StartedNetwork,
  image: string,
  settings: Record<string, string>,
): Promise<StartedTestContainer> {
  return new GenericContainer(image)
    .withNetwork(network)
    .withNetworkAliases('callback-server')
    .withEnvironment({
      OSS_REGION: REGION,
      OSS_BUCKET: BUCKET,
      OSS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      OSS_ACCESS_KEY_SECRET: CREDENTIALS.accessKeySecret,
      UPLOAD_TICKET_SECRETS: TICKET_SECRET,
      // What the emulator calls: the alias, in the network that both are in.
      PUBLIC_URL: `http://callback-server:${SERVER_PORT}`,
      ...settings,
    })
    .withExposedPorts(SERVER_PORT)
    .withWaitStrategy(
      Wait.forHttp('/health/ready', SERVER_PORT, { abortOnContainerExit: true }).withReadTimeout(POLL_INTERVAL_MS),
    )
    .withStartupTimeout(SERVER_STARTUP_TIMEOUT_MS)
    .withLogConsumer(logs.of('callback-server'))
    .start();
}
