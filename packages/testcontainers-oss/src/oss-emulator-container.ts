import { GenericContainer, Wait } from 'testcontainers';
import { EMULATOR_PORT, emulatorEnvironment } from './emulator-environment.ts';
import type {
  Addressing,
  CallbackRoute,
  CallbackTargets,
  EmulatorSettings,
  S3StoreSettings,
} from './emulator-settings.ts';
import { OssEmulatorError } from './oss-emulator-error.ts';
import { RecentLines } from './recent-lines.ts';
import { StartedOssEmulatorContainer } from './started-oss-emulator-container.ts';

const STARTUP_TIMEOUT_MS = 60_000;
/** testcontainers asks again after the time that it gives one answer. */
const POLL_INTERVAL_MS = 250;
const LOG_LINES_IN_ERROR = 20;

/**
 * The OSS emulator in a container. Without any setter it keeps objects in memory and knows the documented development
 * AccessKey pair and the region `cn-hangzhou`.
 *
 * @example
 * const oss = await new OssEmulatorContainer('oss-callback/oss-emulator:0.1.0').start();
 * const client = new OSS({ endpoint: oss.getEndpoint(), region: `oss-${oss.getRegion()}`, … });
 */
export class OssEmulatorContainer extends GenericContainer {
  #settings: Omit<EmulatorSettings, 'publicUrl'> & { readonly publicUrl?: string } = {
    accessKeyId: 'emulator-access-key-id',
    accessKeySecret: 'emulator-access-key-secret',
    region: 'cn-hangzhou',
    store: 'memory',
    buckets: [],
    callbackRoutes: [],
  };

  /**
   * @param image required, as everywhere in testcontainers since version 11: nothing is pulled that you have not named.
   *   Build it with `docker build -f docker/oss-emulator.Dockerfile -t oss-callback/oss-emulator:0.1.0 .`
   */
  constructor(image: string) {
    super(image);
    this.withExposedPorts(EMULATOR_PORT)
      .withWaitStrategy(
        Wait.forHttp('/__emulator/health', EMULATOR_PORT, { abortOnContainerExit: true }).withReadTimeout(
          POLL_INTERVAL_MS,
        ),
      )
      .withStartupTimeout(STARTUP_TIMEOUT_MS);
  }

  /** The one AccessKey pair that requests are signed with. */
  withCredentials(accessKeyId: string, accessKeySecret: string): this {
    return this.#with({ accessKeyId, accessKeySecret });
  }

  /** General-purpose region id, such as `cn-hangzhou`; V4 signatures for another one are refused. */
  withRegion(region: string): this {
    return this.#with({ region });
  }

  /** `memory` (default), or `file` to keep objects in the image's volume `/data`. */
  withStore(store: 'memory' | 'file'): this {
    return this.#with({ store });
  }

  /** Keeps objects on an S3 server in the same network, as ordinary S3 objects. */
  withS3Store(store: S3StoreSettings): this {
    return this.#with({ store });
  }

  /** Buckets that are there from the start, private. May be called several times. */
  withBuckets(...names: readonly string[]): this {
    return this.#with({ buckets: [...this.#settings.buckets, ...names] });
  }

  /** Where callbacks may go: `local` (the emulator's default), `any`, or `cloud`, which refuses private addresses as OSS does. */
  withCallbackTargets(callbackTargets: CallbackTargets): this {
    return this.#with({ callbackTargets });
  }

  /**
   * Callbacks for the origin `from` are connected to the origin `to`; the request stays as OSS would send it. May be
   * called several times.
   */
  withCallbackRoute(from: string, to: string): this {
    return this.#with({ callbackRoutes: [...this.#settings.callbackRoutes, { from, to } satisfies CallbackRoute] });
  }

  /**
   * Base URL that callbacks name the emulator's public key under. Default: `http://<first network alias>:9280`, and
   * `http://localhost:9280` without an alias.
   */
  withPublicUrl(publicUrl: string): this {
    return this.#with({ publicUrl });
  }

  withAddressing(addressing: Addressing): this {
    return this.#with({ addressing });
  }

  /** @throws {OssEmulatorError} when it is not healthy in time; with the last lines of its log */
  override async start(): Promise<StartedOssEmulatorContainer> {
    const settings = this.#completeSettings();
    const log = new RecentLines(LOG_LINES_IN_ERROR);
    // A consumer of the caller's own goes first: testcontainers takes one.
    if (this.logConsumer === undefined) this.withLogConsumer(log.consume);
    try {
      return new StartedOssEmulatorContainer(await super.start(), settings, this.networkAliases[0]);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new OssEmulatorError(`the emulator did not start: ${reason}\n${log.toString()}`.trim(), { cause });
    }
  }

  /** testcontainers calls this when everything is set and nothing created yet. */
  protected override async beforeContainerCreated(): Promise<void> {
    this.withEnvironment({ ...emulatorEnvironment(this.#completeSettings()), ...this.environment });
  }

  #completeSettings(): EmulatorSettings {
    const host = this.networkAliases[0] ?? 'localhost';
    return { publicUrl: `http://${host}:${EMULATOR_PORT}`, ...this.#settings };
  }

  #with(settings: Partial<EmulatorSettings>): this {
    this.#settings = { ...this.#settings, ...settings };
    return this;
  }
}
