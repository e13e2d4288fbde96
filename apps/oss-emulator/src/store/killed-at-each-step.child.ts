/**
 * An emulator that takes uploads of every kind and dies before its N-th change of the disk, writing half of what it would
 * have written: `node --conditions=@oss-callback/source killed-at-each-step.child.ts DATA_DIR N`. It prints a line for
 * every request that was answered, and ends by itself when there are fewer changes.
 */
import fs, { writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [dataDir = '', last = '0'] = process.argv.slice(2);
let changes = 0;

/** Changes of the disk, as the store makes them; each call may come to the half of what it writes. */
function dieAt(target: object, name: string, half?: (args: unknown[]) => unknown[]): void {
  const original = Reflect.get(target, name) as (...args: unknown[]) => unknown;
  Reflect.set(target, name, function changed(this: unknown, ...args: unknown[]) {
    changes += 1;
    if (changes !== Number(last)) return Reflect.apply(original, this, args);
    const die = (): never => process.kill(process.pid, 'SIGKILL') as never;
    if (half === undefined) return die();
    const result = Reflect.apply(original, this, half(args));
    return result instanceof Promise ? result.finally(die) : die();
  });
}

const halfOf = (bytes: unknown): unknown => (bytes as Uint8Array | string).slice(0, (bytes as string).length / 2);

for (const name of ['mkdirSync', 'renameSync', 'rmSync', 'linkSync']) dieAt(fs, name);
dieAt(fs, 'writeFileSync', ([path, content, ...more]) => [path, halfOf(content), ...more]);
for (const name of ['mkdir', 'rename', 'rm', 'link', 'open']) dieAt(fs.promises, name);
dieAt(fs.promises, 'appendFile', ([path, content, ...more]) => [path, halfOf(content), ...more]);
const handle = await fs.promises.open(import.meta.filename);
const prototype = Object.getPrototypeOf(handle) as object;
dieAt(prototype, 'write', ([bytes]) => [halfOf(bytes)]);
dieAt(prototype, 'writev', ([pieces]) => [(pieces as Uint8Array[]).slice(0, 1)]);
await handle.close();
syncBuiltinESMExports();

const { startEmulator } = await import('../start-emulator.ts');
const { runScenario } = await import('../../test/upload-scenario.ts');
const emulator = await startEmulator({ store: 'file', dataDir });
await runScenario(emulator.url, (answered) => writeSync(1, `${answered}\n`));
await emulator.close();
