import { z } from 'zod';
import { parsePublicKeySources } from './public-key-sources.ts';

interface Setting {
  readonly schema: z.ZodType<unknown, string>;
  /** Completes "NAME: must be …". The value itself is never printed. */
  readonly rule: string;
  /** As shown by `--help`; what applies when the variable is unset or empty. */
  readonly default: string;
  readonly doc: string;
}

const origin = z.string().refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && text.replace(/\/$/, '') === url.origin;
});

/**
 * Every environment variable that the server reads, with its rule, its default and its meaning. `--help` prints the
 * table; a variable of the same family that is not in it is refused.
 */
export const settings = {
  PORT: {
    schema: z
      .string()
      .regex(/^[0-9]{1,5}$/)
      .transform(Number)
      .refine((port) => port <= 65_535),
    rule: 'must be a port number from 0 to 65535',
    default: '3280',
    doc: 'Port to listen on; 0 picks a free one.',
  },
  HOST: {
    schema: z.string().regex(/^[A-Za-z0-9.:-]+$/),
    rule: 'must be an IP address or host name',
    default: '127.0.0.1',
    doc: 'Address to listen on. Beyond loopback, put authentication in front: everybody is one user so far.',
  },
  PUBLIC_URL: {
    schema: z.string().regex(/^https?:\/\//),
    rule: 'must start with http:// or https://',
    default: 'the listening address',
    doc: 'Where OSS reaches this server. A path in it is one that your reverse proxy removes.',
  },
  DATABASE_URL: {
    schema: z.string().regex(/^postgres(?:ql)?:\/\/\S+$/),
    rule: 'must be postgres://user:password@host:port/database',
    default: 'unset: embedded Postgres under DATA_DIR',
    doc: 'A Postgres server. Migrations are applied at the start.',
  },
  DATA_DIR: {
    schema: z.string().min(1),
    rule: 'must be a folder',
    default: '.callback-server',
    doc: 'Folder of the embedded database and of a generated ticket secret.',
  },
  OSS_ENDPOINT: {
    schema: origin.transform((text) => text.replace(/\/$/, '')),
    rule: 'must be http:// or https:// and a host, without a path',
    default: 'http://127.0.0.1:9280 (the emulator)',
    doc: 'OSS, as uploaders reach it.',
  },
  OSS_ADDRESSING: {
    schema: z.enum(['virtual-hosted', 'path', 'custom-domain']),
    rule: 'must be virtual-hosted, path or custom-domain',
    default: 'path for loopback and private hosts, else virtual-hosted',
    doc: 'How endpoint and bucket make a URL.',
  },
  OSS_REGION: {
    schema: z.string().regex(/^[a-z0-9-]+$/),
    rule: 'must be a region such as cn-hangzhou',
    default: 'cn-hangzhou',
    doc: 'Region that V4 signatures are made for.',
  },
  OSS_BUCKET: {
    schema: z.string().regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/),
    rule: 'must be 3 to 63 lower-case letters, digits and hyphens',
    default: 'oss-callback-demo',
    doc: 'Bucket that uploads go to.',
  },
  OSS_ACCESS_KEY_ID: {
    schema: z.string().regex(/^[!-~]+$/),
    rule: 'must be printable ASCII without blanks',
    default: 'the development pair, for a loopback OSS_ENDPOINT only',
    doc: 'AccessKey that signs uploads.',
  },
  OSS_ACCESS_KEY_SECRET: {
    schema: z.string().regex(/^\S+$/),
    rule: 'must not contain blanks',
    default: 'the development pair, for a loopback OSS_ENDPOINT only',
    doc: 'Its secret.',
  },
  OSS_SECURITY_TOKEN: {
    schema: z.string().regex(/^\S+$/),
    rule: 'must not contain blanks',
    default: 'unset',
    doc: 'STS token, when the AccessKey is a temporary one.',
  },
  UPLOAD_TICKET_SECRETS: {
    schema: z
      .string()
      .transform((text) => text.split(',').map((secret) => secret.trim()))
      .refine((secrets) => secrets.every((secret) => Buffer.byteLength(secret) >= 32)),
    rule: 'must be secrets of at least 32 bytes each, newest first, separated by commas',
    default: 'generated and kept in DATA_DIR, for a loopback OSS_ENDPOINT only',
    doc: 'Secrets that upload tickets are signed with. The first signs, all verify.',
  },
  OSS_CALLBACK_PUBLIC_KEYS: {
    schema: z.string().transform((text, context) => {
      const sources = parsePublicKeySources(text);
      if (sources === undefined) {
        context.addIssue('malformed');
        return z.NEVER;
      }
      return sources;
    }),
    rule: 'must be entries separated by ";", each URL=PEM, URL=FILE, or the URL alone of a loopback or private host',
    default: "the emulator's, fetched once at the start, for a loopback or private OSS_ENDPOINT only",
    doc: "Keys trusted beside OSS's own. Refused when OSS_ENDPOINT may be the real OSS.",
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof settings;

/** The parsed values of the variables that are set. */
export type SettingValues = { readonly [Name in SettingName]?: z.output<(typeof settings)[Name]['schema']> };
