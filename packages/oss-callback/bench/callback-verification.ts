import { createPublicKey, verify } from 'node:crypto';

import { OSS_CALLBACK_PUBLIC_KEYS, callbackStringToSign, verifyCallbackSignature } from '../src/index.ts';
import signature from '../src/vectors/callback-signature.json' with { type: 'json' };

const ROUNDS = 10;
const ROUND_MS = 100;

const { requestPath, requestQuery, body, authorization } = signature.vectors[0]!;
const [[publicKeyUrl, pem] = ['', '']] = OSS_CALLBACK_PUBLIC_KEYS;
const requestTarget = requestPath + requestQuery;
const bytes = Buffer.from(body);
const request = {
  requestTarget,
  body: bytes,
  authorization,
  publicKeyUrl: Buffer.from(publicKeyUrl).toString('base64'),
};
const key = createPublicKey(pem);
const stringToSign = callbackStringToSign(requestTarget, bytes);
const signatureBytes = Buffer.from(authorization, 'base64');

const subjects: Readonly<Record<string, () => boolean>> = {
  'bare crypto.verify': () => verify('md5', stringToSign, key, signatureBytes),
  verifyCallbackSignature: () => verifyCallbackSignature(request).ok,
  'verifyCallbackSignature, bigint': () => verifyCallbackSignature(request, { implementation: 'bigint' }).ok,
};

/** Verifications per second in one round. */
function measure(subject: () => boolean): number {
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < ROUND_MS) {
    for (let index = 0; index < 20; index += 1) {
      count += subject() ? 1 : 0;
    }
  }
  return (count * 1000) / (performance.now() - started);
}

// Rounds alternate, so that whatever else the machine does slows all subjects alike; the median drops the warm-up.
const rates = new Map(Object.keys(subjects).map((name) => [name, [] as number[]]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, subject] of Object.entries(subjects)) {
    rates.get(name)?.push(measure(subject));
  }
}
const medians = [...rates].map(([name, list]) => [name, list.toSorted((a, b) => a - b)[ROUNDS / 2] ?? 0] as const);
const bare = medians[0]?.[1] ?? 1;
for (const [name, rate] of medians) {
  process.stdout.write(
    `${name.padEnd(34)} ${Math.round(rate).toString().padStart(8)} /s  ${(rate / bare).toFixed(2)}\n`,
  );
}
