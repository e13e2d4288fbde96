import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { GenericContainer, getContainerRuntimeClient } from 'testcontainers';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * The S3 server. The last image that MinIO published, frozen since; by digest, because the tag's owner is gone. Any
 * other S3 server that answers MinIO's health path does as well, and docker/minio.Dockerfile builds a newer MinIO.
 */
export const MINIO_IMAGE =
  fromEnvironment('MINIO_IMAGE') ??
  'quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z@sha256:14cea493d9a34af32f524e538b8346cf79f3321eff8e708c1e2960462bd8936e';

export const POSTGRES_IMAGE = fromEnvironment('POSTGRES_IMAGE') ?? 'postgres:17-alpine';

/** An image of this repository. Disposing of it removes what was built for the run. */
export interface AppImage extends AsyncDisposable {
  readonly name: string;
}

const IMAGE_VARIABLES = { 'oss-emulator': 'EMULATOR_IMAGE', 'callback-server': 'CALLBACK_SERVER_IMAGE' } as const;

/** The image that the environment names, or one built from the sources as they are. */
export async function appImage(app: keyof typeof IMAGE_VARIABLES): Promise<AppImage> {
  const given = fromEnvironment(IMAGE_VARIABLES[app]);
  if (given !== undefined) return { name: given, [Symbol.asyncDispose]: async () => undefined };

  // A new name for each run: under a fixed one a build that failed would leave the last one standing, and be tested.
  const name = `oss-callback/${app}:test-${randomUUID().slice(0, 8)}`;
  const nodeImage = fromEnvironment('NODE_IMAGE');
  try {
    await GenericContainer.fromDockerfile(ROOT, `docker/${app}.Dockerfile`)
      .withBuildArgs(nodeImage === undefined ? {} : { NODE_IMAGE: nodeImage })
      // BuildKit keeps its cache when the image is removed.
      .withBuildkit()
      .build(name, { deleteOnExit: false });
  } catch (cause) {
    throw new ImageBuildError(
      `cannot build the image of ${app}: \`docker build -f docker/${app}.Dockerfile .\` says why`,
      { cause },
    );
  }
  return { name, [Symbol.asyncDispose]: () => removeImage(name) };
}

export class ImageBuildError extends Error {
  override readonly name = 'ImageBuildError';
}

async function removeImage(name: string): Promise<void> {
  const { container } = await getContainerRuntimeClient();
  await container.dockerode.getImage(name).remove();
}

function fromEnvironment(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
