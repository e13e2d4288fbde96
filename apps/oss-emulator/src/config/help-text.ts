import { settings } from './settings.ts';

/** `--help`, printed from the table of settings. */
export function helpText(): string {
  const rows = Object.values(settings).map((setting) => {
    const usual = 'default' in setting ? setting.default : 'defaultDoc' in setting ? setting.defaultDoc : undefined;
    const lines = [
      `  ${setting.flag} ${setting.argument}`,
      `      ${setting.doc}`,
      `      ${setting.variable}${usual === undefined ? '' : `; default: ${usual}`}`,
    ];
    return lines.join('\n');
  });
  return [
    'oss-emulator: Alibaba Cloud OSS on your own machine, upload callbacks included.',
    '',
    'Usage: oss-emulator [--flag value]…    Every flag has an environment variable; a flag goes before its variable.',
    '',
    ...rows,
    '',
    'When it is ready, one JSON line on stdout says where: {"event":"listening","url":"http://127.0.0.1:9280"}',
    '',
  ].join('\n');
}
