import { StoreError } from './store-error.ts';

/** Runs `work` up to its first `await` at once. */
export async function onDisk<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw diskFailure(name, error);
  }
}

export function diskFailure(name: string, error: unknown): StoreError {
  return new StoreError('disk-failed', `${name}: ${(error as Error).message}`, { cause: error });
}

export function notWritable(dataDir: string, error: unknown): StoreError {
  const { message } = error as Error;
  return new StoreError(
    'data-dir-not-writable',
    `data directory ${dataDir}: must be a directory in which this process may create and change files (${message})`,
    { cause: error },
  );
}
