import { ConfigurableModuleBuilder } from '@nestjs/common';

/** What `OssCallbackModule.forRoot` takes. */
export interface OssCallbackOptions {
  /**
   * Secrets that upload tickets are signed with, newest first: the first one signs, all of them verify, and so
   * a secret is rotated. Each at least 32 bytes of UTF-8.
   */
  readonly ticketSecrets: readonly string[];
  /**
   * Where uploads go, for example `https://oss-cn-hangzhou.aliyuncs.com`. Decides whether `extraPublicKeys` may be
   * trusted: an emulator's key has no business beside the real OSS.
   */
  readonly ossEndpoint: string;
  /**
   * Keys trusted beside OSS's own: the exact text of the key URL → public key in PEM. For an emulator. Against anything
   * but a loopback or private endpoint only key URLs on OSS's own key host are accepted.
   */
  readonly extraPublicKeys?: ReadonlyMap<string, string>;
  /** Path that a reverse proxy removes before a request arrives, for example `/api`. OSS signed the path with it. */
  readonly externalPathPrefix?: string;
  /** Kind of upload the tickets must have been issued for (claim `route`). Unset: any. */
  readonly route?: string;
  /** Field of the callback body that holds the ticket. Default `ticket`. */
  readonly ticketField?: string;
  /** Largest callback body in bytes. Default 65 536. */
  readonly maxBodyBytes?: number;
  /** Time for the body to arrive, in milliseconds. Default 2 000. */
  readonly bodyTimeoutMs?: number;
  /** Time from the arrival of a callback to its answer, in milliseconds. Default 3 500; OSS gives up after 5 000. */
  readonly deadlineMs?: number;
  /** Clock for the expiry of tickets. Default: the system's. */
  readonly now?: () => Date;
}

/** Nest's own builder: gives the module `forRoot` and `forRootAsync`. */
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<OssCallbackOptions>()
  .setClassMethodName('forRoot')
  .build();
