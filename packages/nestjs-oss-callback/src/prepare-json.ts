import type { AbstractHttpAdapter } from '@nestjs/core';

/**
 * Prepares a JSON answer: type, Content-Length (OSS reports a failed callback without one), and `no-transform`, because
 * a compressing plug-in would replace the length by chunks.
 *
 * @returns the body in the form the adapter sends unchanged
 */
export function prepareJson(adapter: AbstractHttpAdapter, response: unknown, json: Buffer): Buffer | string {
  adapter.setHeader(response, 'content-type', 'application/json');
  adapter.setHeader(response, 'content-length', String(json.length));
  adapter.setHeader(response, 'cache-control', 'no-store, no-transform');
  // Express's adapter would send a Buffer as a JSON object of numbers.
  return adapter.getType() === 'express' ? json.toString('utf8') : json;
}
