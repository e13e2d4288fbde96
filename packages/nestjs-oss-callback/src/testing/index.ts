export {
  type CallbackRequest,
  type CallbackRequestOptions,
  type CallbackSigner,
  createCallbackSigner,
} from './callback-signer.ts';
