/**
 * The one door to every root script. It needs nothing but Node 20 and npm: it installs what is missing, then runs the
 * command on the Node 24 of node_modules/.bin, so that a fresh clone needs no step before `npm test` or `npm run demo`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const [command, ...args] = process.argv.slice(2);

const commands = {
  demo() {
    run('turbo', ['run', 'build', '--output-logs=errors-only', '--log-order=grouped', '--no-update-notifier'], {
      quiet: true,
    });
    run('node', ['apps/integration/dist/demo.js', ...args]);
  },
  test() {
    for (const file of resultFiles()) rmSync(file, { force: true });
    const status = attempt('turbo', ['run', 'test', '--continue', ...args]);
    process.exitCode = summarise(status);
  },
  dev: () => run('turbo', ['watch', 'dev', ...args]),
  check() {
    const steps = [
      ['oxfmt', '--check', '.'],
      ['oxlint', '--type-aware'],
      ['turbo', 'run', 'typecheck', '--output-logs=errors-only'],
      ['knip'],
    ];
    const failed = steps.filter(([tool, ...rest]) => attempt(tool, rest) !== 0);
    if (failed.length > 0) exit(1, `check: ${failed.map(([tool]) => tool).join(', ')} failed`);
  },
  fix() {
    run('oxlint', ['--fix', '--type-aware']);
    run('oxfmt', ['.']);
  },
  build: () => run('turbo', ['run', 'build', ...args]),
  'sdk-suites'() {
    run('turbo', ['run', 'build', '--output-logs=errors-only', '--no-update-notifier'], { quiet: true });
    run('node', ['apps/integration/dist/sdk-suites/run-ali-oss.js', ...args]);
  },
  // One suite after the other: they would measure each other.
  bench: () => run('turbo', ['run', 'bench', '--concurrency=1', ...args]),
};

if (command === undefined || !Object.hasOwn(commands, command)) {
  exit(2, `usage: node bootstrap.mjs ${Object.keys(commands).join('|')}`);
}
installWhatIsMissing();
commands[command]();

/** npm records what it installed in node_modules/.package-lock.json; comparing it with the lockfile needs no stamp of ours. */
function installWhatIsMissing() {
  const reason = whyInstall();
  if (reason === undefined) return;
  say(`${reason}: running npm ci (once: Node 24 and all tools come from the lockfile, then a first build)`);
  const started = Date.now();
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

function whyInstall() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return 'nothing is installed yet';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  for (const [path, { version, link, optional }] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) continue;
    // Optional packages are those of other platforms; workspaces are links without a version.
    if (optional) continue;
    if (installed[path] === undefined || (!link && installed[path].version !== version)) {
      return `the lockfile asks for ${path.replace(/^.*node_modules\//, '')} ${version ?? ''}`.trim();
    }
  }
  return existsSync(join(root, 'node_modules/.bin/node')) ? undefined : 'Node 24 is missing from node_modules/.bin';
}

function attempt(tool, toolArgs, { quiet = false } = {}) {
  const { status, error, stdout } = spawnSync(tool, toolArgs, {
    cwd: root,
    stdio: quiet ? ['inherit', 'pipe', 'inherit'] : 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH,
      TURBO_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
    },
  });
  if (error) exit(1, `cannot run ${tool}: ${error.message}`);
  if (quiet && status !== 0) process.stdout.write(stdout);
  return status ?? 1;
}

function run(tool, toolArgs, options) {
  const status = attempt(tool, toolArgs, options);
  if (status !== 0) process.exit(status);
}

function resultFiles() {
  return ['apps', 'packages'].flatMap((group) =>
    readdirSync(join(root, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, group, entry.name, 'package.json')))
      .map((entry) => join(root, group, entry.name, 'test-results.json')),
  );
}

/** Adds up what each workspace's Vitest wrote; a workspace that wrote nothing counts as a failure. */
function summarise(turboStatus) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const file of args.some((arg) => arg.startsWith('--filter'))
    ? resultFiles().filter(existsSync)
    : resultFiles()) {
    if (!existsSync(file)) {
      say(`no test results from ${file.slice(root.length).replace('/test-results.json', '')}`);
      sum.failed += 1;
      continue;
    }
    const result = JSON.parse(readFileSync(file, 'utf8'));
    sum.passed += result.numPassedTests;
    sum.skipped += result.numPendingTests + (result.numTodoTests ?? 0);
    // A file that fails to load has no tests to count, yet it has failed.
    const failedFiles = result.testResults.filter(
      (f) => f.status === 'failed' && f.assertionResults.every((t) => t.status !== 'failed'),
    );
    sum.failed += result.numFailedTests + failedFiles.length;
  }
  if (turboStatus !== 0 && sum.failed === 0) sum.failed = 1;
  process.stdout.write(
    `\n${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}\n`,
  );
  return sum.failed > 0 || sum.passed === 0 ? 1 : 0;
}

function say(text) {
  process.stderr.write(`» ${text}\n`);
}

function exit(status, text) {
  say(text);
  process.exit(status);
}
