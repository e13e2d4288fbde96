/**
 * Where OSS reaches this server. Without a configured URL it is the listening address, known only once the server
 * listens; that is good enough for an emulator on the same machine.
 */
export class PublicUrl {
  #url: string | undefined;

  constructor(configured: string | undefined) {
    this.#url = configured?.replace(/\/+$/, '');
  }

  /** Fills in the listening address unless another URL was configured. */
  listening(url: string): void {
    this.#url ??= url;
  }

  /** Path of the URL, without a slash at its end: what a reverse proxy takes away before it hands a request on. */
  get pathPrefix(): string {
    return this.#url === undefined ? '' : new URL(this.#url).pathname.replace(/\/+$/, '');
  }

  /** @param path starts with a slash */
  at(path: string): string {
    return `${this.#url ?? ''}${path}`;
  }
}
