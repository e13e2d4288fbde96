import { getContainerRuntimeClient } from 'testcontainers';

/** Docker is missing where `CI` or `REQUIRE_DOCKER=1` says that nothing may be left out. */
export class DockerMissingError extends Error {
  override readonly name = 'DockerMissingError';
}

/**
 * Whether a suite that needs Docker can run. Without an engine it stands aside, with a notice that nobody overlooks.
 *
 * @param suite what is not run without
 * @throws {DockerMissingError} where the suite must run
 */
export async function hasDocker(suite: string): Promise<boolean> {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (isRequired()) {
      throw new DockerMissingError(`CI or REQUIRE_DOCKER=1 demands "${suite}", and no Docker answers: ${reason}`, {
        cause,
      });
    }
    process.stderr.write(notice(suite, reason));
    return false;
  }
}

function isRequired(): boolean {
  return ['CI', 'REQUIRE_DOCKER'].some((name) => !['', '0', 'false', undefined].includes(process.env[name]));
}

function notice(suite: string, reason: string): string {
  const lines = [
    `NOT RUN, because no Docker engine answers: ${suite}`,
    `(${reason})`,
    '',
    'Everything else runs without containers. To run this too, start Docker (or set DOCKER_HOST) and:',
    '  npm test -- --filter=@oss-callback/integration',
    'REQUIRE_DOCKER=1 makes a missing engine a failure, as CI does.',
  ];
  const width = Math.max(...lines.map((line) => line.length));
  const border = `+${'-'.repeat(width + 2)}+`;
  return `\n${[border, ...lines.map((line) => `| ${line.padEnd(width)} |`), border].join('\n')}\n\n`;
}
