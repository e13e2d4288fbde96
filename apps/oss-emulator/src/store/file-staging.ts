import { randomUUID } from 'node:crypto';
import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { consumeSource } from './consume-source.ts';
import { diskFailure, onDisk } from './disk-failure.ts';
import type { StagedBytes } from './object-store.ts';
import { smallOrLarge } from './small-or-large.ts';
import { writeStagedFile } from './write-staged-file.ts';

/** Objects up to this size are staged in memory: their file is written in one go when they are committed. */
const SMALL_OBJECT_BYTES = 64 * 1024;

/** Where staged bytes are. */
export type StagedContent =
  | { readonly memory: Buffer; readonly sizeBytes: number }
  | { readonly file: string; readonly sizeBytes: number };

/** What is not visible yet, or not any more: files in one directory, and small objects in memory. */
export class FileStaging {
  readonly #dir: string;
  readonly #staged = new Map<string, StagedContent>();
  readonly #removals = new Set<Promise<void>>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @throws what `bytes` throws, or a `StoreError` */
  async stage(bytes: AsyncIterable<Uint8Array>): Promise<StagedBytes> {
    const staged = await consumeSource(
      bytes,
      (source) => this.#stage(source),
      (error) => diskFailure('staging', error),
    );
    const stageId = randomUUID();
    this.#staged.set(stageId, staged);
    return { stageId, sizeBytes: staged.sizeBytes };
  }

  /** Ends the handle. @returns `undefined` when it has ended already */
  take(stageId: string): StagedContent | undefined {
    const staged = this.#staged.get(stageId);
    this.#staged.delete(stageId);
    return staged;
  }

  /** A file of nobody yet. */
  newPath(): string {
    return join(this.#dir, randomUUID());
  }

  async discard(content: StagedContent | undefined): Promise<void> {
    if (content !== undefined && 'file' in content) {
      await onDisk('discard', () => rm(content.file, { force: true }));
    }
  }

  async discardAll(): Promise<void> {
    await Promise.all([...this.#staged.keys()].map((stageId) => this.discard(this.take(stageId))));
    await Promise.all(this.#removals);
  }

  /** Takes a file away at once, and removes it afterwards, which takes long for a large one. What fails is left to the next start. */
  putAway(path: string): void {
    const away = this.newPath();
    renameSync(path, away);
    const removal = rm(away, { force: true })
      .catch(() => undefined)
      .finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  async #stage(bytes: AsyncIterable<Uint8Array>): Promise<StagedContent> {
    const content = await smallOrLarge(bytes, SMALL_OBJECT_BYTES);
    if ('small' in content) {
      return { memory: content.small, sizeBytes: content.small.length };
    }
    const file = this.newPath();
    return { file, sizeBytes: await writeStagedFile(file, content.large) };
  }
}

/**
 * Makes staged bytes a whole file. Synchronous, so that nothing comes between; handing so little to the thread pool would
 * also cost two to three times as much as writing it (measured).
 *
 * @param file where bytes in memory are written to; nothing is left there when that fails
 * @returns the file
 */
export function finishStagedFile(content: StagedContent, trailer: Buffer, file: string): string {
  if ('file' in content) {
    appendFileSync(content.file, trailer);
    return content.file;
  }
  try {
    writeFileSync(file, Buffer.concat([content.memory, trailer]));
  } catch (error) {
    // A full disk would stay full: nobody else knows of the file.
    rmSync(file, { force: true });
    throw error;
  }
  return file;
}
