import { AbstractStartedContainer } from 'testcontainers';
import type { StartedTestContainer } from 'testcontainers';
import { EMULATOR_PORT } from './emulator-environment.ts';
import type { EmulatorSettings, Fault, FaultProfile } from './emulator-settings.ts';
import type { JournaledCallback, JournaledUpload } from './journal.ts';
import { OssEmulatorError } from './oss-emulator-error.ts';

const PUBLIC_KEY_PATH = '/__emulator/callback_pub_key_v1.pem';
const CONTROL_TIMEOUT_MS = 5_000;

/** An emulator that answers. */
export class StartedOssEmulatorContainer extends AbstractStartedContainer {
  readonly #settings: EmulatorSettings;
  readonly #alias: string | undefined;

  constructor(container: StartedTestContainer, settings: EmulatorSettings, alias: string | undefined) {
    super(container);
    this.#settings = settings;
    this.#alias = alias;
  }

  /**
   * The endpoint for clients on this machine, such as `http://127.0.0.1:32768`. By address and not by name, because SDKs
   * put the bucket before a name, and `my-bucket.localhost` is one that many systems cannot resolve.
   */
  getEndpoint(): string {
    const host = this.getHost();
    return `http://${host === 'localhost' ? '127.0.0.1' : host}:${this.getPort()}`;
  }

  /** The endpoint for containers in the same network: `http://<first network alias>:9280`. */
  getInternalEndpoint(): string {
    return `http://${this.#alias ?? this.getHostname()}:${EMULATOR_PORT}`;
  }

  /** The port on this machine. */
  getPort(): number {
    return this.getMappedPort(EMULATOR_PORT);
  }

  getAccessKeyId(): string {
    return this.#settings.accessKeyId;
  }

  getAccessKeySecret(): string {
    return this.#settings.accessKeySecret;
  }

  getRegion(): string {
    return this.#settings.region;
  }

  /**
   * The text that callbacks carry in `x-oss-pub-key-url`, Base64 decoded. Pin it, as it is, with
   * {@link getPublicKeyPem}: who verifies compares it byte for byte and need not be able to fetch it.
   */
  getPublicKeyUrl(): string {
    return `${this.#settings.publicUrl.replace(/\/$/, '')}${PUBLIC_KEY_PATH}`;
  }

  /**
   * The public key that callbacks of this container verify with. Its key pair is made at the first start.
   * @throws {OssEmulatorError} when the emulator does not hand it out
   */
  async getPublicKeyPem(): Promise<string> {
    const response = await this.#control('GET', PUBLIC_KEY_PATH);
    return response.text();
  }

  /**
   * The callbacks that were sent, newest first: for a test that asks what a server of its own was told.
   * @throws {OssEmulatorError} when the emulator does not hand them out
   */
  async getCallbacks(): Promise<readonly JournaledCallback[]> {
    const response = await this.#control('GET', '/__emulator/callbacks');
    return (await response.json()) as readonly JournaledCallback[];
  }

  /**
   * The objects that were stored, newest first, with the callbacks of each.
   * @throws {OssEmulatorError} when the emulator does not hand them out
   */
  async getUploads(): Promise<readonly JournaledUpload[]> {
    const response = await this.#control('GET', '/__emulator/uploads');
    return (await response.json()) as readonly JournaledUpload[];
  }

  /**
   * Empties store and journal, so that tests can share one container.
   * @throws {OssEmulatorError} when the emulator refuses
   */
  async reset(): Promise<void> {
    await this.#control('POST', '/__emulator/reset');
  }

  /**
   * What goes wrong from now on, in place of what went wrong before: a test's way to a lost callback or a full store.
   * Nothing at all ends it, as {@link reset} does.
   * @throws {OssEmulatorError} when the emulator refuses one of them, with its reason
   */
  async setFaults(...faults: ReadonlyArray<Fault | FaultProfile>): Promise<void> {
    await this.#control('PUT', '/__emulator/faults', JSON.stringify(faults));
  }

  async #control(method: string, path: string, body?: string): Promise<Response> {
    const response = await fetch(`${this.getEndpoint()}${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(CONTROL_TIMEOUT_MS),
    });
    if (!response.ok) {
      const reason = await response.text().catch(() => '');
      throw new OssEmulatorError(`${method} ${path}: the emulator answered ${response.status} ${reason}`.trim());
    }
    return response;
  }
}
