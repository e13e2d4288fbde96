export { type AddressNetwork, networkOfAddress } from './address-network.ts';
export type { AliOssCallback } from './builder/ali-oss-callback.ts';
export { type BuiltCallback, type CallbackSpecification, buildCallback } from './builder/build-callback.ts';
export type { CallbackBodyField, CallbackBodyFields, CallbackTemplate } from './builder/callback-body-fields.ts';
export { type CustomVariable, type CustomVariableName, customVariable } from './builder/custom-variable.ts';
export { formBody } from './builder/form-body.ts';
export { jsonBody } from './builder/json-body.ts';
export { type SystemVariable, systemVariable } from './builder/system-variable.ts';
export { MAX_CALLBACK_BODY_BYTES, parseCallbackBody } from './callback-body-parser.ts';
export { type CallbackBodyType, callbackBodyTypes } from './callback-body-type.ts';
export { type CallbackValues, renderCallbackBody } from './callback-body.ts';
export {
  type CallbackConfigError,
  type CallbackConfigErrorRow,
  type CallbackConfigRule,
  callbackConfigError,
  callbackConfigErrors,
} from './callback-config-errors.ts';
export { MAX_CALLBACK_PARAM_BYTES } from './callback-config-text.ts';
export {
  CALLBACK_TIMEOUT_MS,
  type CallbackFailure,
  type CallbackFailureDetails,
  type CallbackFailureReason,
  type CallbackFailureRow,
  callbackFailure,
  callbackFailures,
} from './callback-failures.ts';
export type { DecodedCallback } from './callback-fields.ts';
export { type CallbackParamAdvice, CallbackParamError } from './callback-param-error.ts';
export {
  type CallbackParam,
  type CallbackParamDecoding,
  decodeCallbackParam,
  encodeCallbackParam,
} from './callback-param.ts';
export {
  type CallbackExplanation,
  type RefusalCause,
  type RefusalHints,
  explainCallbackRefusal,
} from './callback-refusal.ts';
export {
  type AnsweredCallback,
  type CallbackReply,
  MAX_CALLBACK_REPLY_BYTES,
  classifyCallbackReply,
} from './callback-reply.ts';
export {
  type CallbackRefusal,
  type CallbackVerification,
  type SignedCallback,
  callbackStringToSign,
  signCallback,
  verifyCallbackSignature,
} from './callback-signature.ts';
export { type CallbackUrl, MAX_CALLBACK_URLS } from './callback-url.ts';
export { type CallbackVarDecoding, decodeCallbackVar, encodeCallbackVar } from './callback-var.ts';
export {
  type CallbackVariable,
  type CallbackVariableKind,
  type CallbackVariableName,
  callbackVariables,
} from './callback-variables.ts';
export {
  type CallbackBodyParsing,
  type CallbackBodyRefusal,
  type CallbackFieldValue,
  type CallbackFields,
  MAX_CALLBACK_FIELDS,
} from './flat-fields.ts';
export type { CallbackFinding } from './lint/callback-findings.ts';
export type {
  CallbackLintAnswer,
  CallbackLintEffect,
  CallbackLintRow,
  CallbackLintSeverity,
} from './lint/callback-lint-row.ts';
export { type CallbackLintRule, callbackLintRules } from './lint/callback-lint-rules.ts';
export { type CallbackLintOptions, lintCallback } from './lint/lint-callback.ts';
export type { CallbackCarrier } from './lint/read-carried-text.ts';
export type { HeaderValue, HeaderValues } from './header-value.ts';
export { InvalidPublicKeyError } from './pinned-key.ts';
export { OSS_CALLBACK_PUBLIC_KEYS } from './public-keys.ts';
export type { SignatureImplementation } from './rsa-md5-verification.ts';
export {
  type ReportedObject,
  type TicketBinding,
  type TicketBindingRefusal,
  checkTicketBinding,
} from './ticket-binding.ts';
export { type UploadTicketClaims, UploadTicketClaimsError } from './upload-ticket-claims.ts';
export { MIN_TICKET_SECRET_BYTES, UploadTicketKeyRing, UploadTicketSecretError } from './upload-ticket-key-ring.ts';
export {
  TICKET_CLOCK_LEEWAY_SECONDS,
  type UploadTicketRefusal,
  type UploadTicketVerification,
  issueUploadTicket,
  verifyUploadTicket,
} from './upload-ticket.ts';
export {
  type UploadFailure,
  type UploadOutcome,
  type UploadResponse,
  interpretUploadResponse,
} from './upload-response.ts';
