import { settings } from './settings.ts';

/** What `oss-callback-server --help` prints. */
export function helpText(): string {
  const rows = Object.entries(settings).map(
    ([name, { doc, default: fallback }]) => `  ${name}\n      ${doc}\n      Default: ${fallback}.\n`,
  );
  return `oss-callback-server: grants uploads to Alibaba Cloud OSS and receives their callbacks.

Usage: oss-callback-server [--help]

Settings are environment variables:

${rows.join('\n')}
When ready, it writes one line of JSON with "event":"listening" and "url" to stdout; its log goes to stderr.
`;
}
