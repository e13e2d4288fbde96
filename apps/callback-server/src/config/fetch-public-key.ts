import { setTimeout as delay } from 'node:timers/promises';
import { endpointReach, publicKeyFingerprint } from '@oss-callback/nestjs-oss-callback';
import { ConfigError } from './config-error.ts';

/** An emulator that is started at the same time needs a moment. */
const PATIENCE_MS = 10_000;
const ATTEMPT_TIMEOUT_MS = 2_000;
const PAUSE_MS = 100;
const MAX_KEY_BYTES = 16_384;

/**
 * Fetches a public key once, at the start, from a loopback or private host; never from anywhere else, and never while
 * callbacks are handled. Redirects are errors.
 *
 * @throws ConfigError when the host is another one, does not answer for ten seconds, or answers no key
 */
export async function fetchPublicKey(url: URL): Promise<string> {
  if (endpointReach(url) === 'public') {
    throw refusal(url, 'keys are fetched from loopback and private hosts only; give the key itself');
  }
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt(url);
    } catch (cause) {
      if (cause instanceof ConfigError) {
        throw cause;
      }
      if (performance.now() > deadlineMs) {
        throw refusal(url, 'nothing answers there; start the emulator first, or give the key itself', cause);
      }
      await delay(PAUSE_MS);
    }
  }
}

async function attempt(url: URL): Promise<string> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS) });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw refusal(url, `the answer is ${response.status} instead of a key; give the key itself`);
  }
  let pem = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    pem += decoder.decode(chunk, { stream: true });
    if (pem.length > MAX_KEY_BYTES) {
      throw refusal(url, 'the answer is too long for a key');
    }
  }
  if (publicKeyFingerprint(pem) === undefined) {
    throw refusal(url, 'the answer is not an RSA public key in PEM form');
  }
  return pem;
}

function refusal(url: URL, rule: string, cause?: unknown): ConfigError {
  return new ConfigError('OSS_CALLBACK_PUBLIC_KEYS', `${url.href}: ${rule}`, { cause });
}
